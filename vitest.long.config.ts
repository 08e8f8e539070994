import { testConfig } from "./testConfig.ts"

// What takes minutes and guards a bound rather than a behaviour: `pnpm test:long`, and CI.
export default testConfig({ include: ["src/**/*.long.test.ts"], exclude: [] })
