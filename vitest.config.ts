import { testConfig } from "./testConfig.ts"

export default testConfig({ include: ["src/**/*.test.ts"], exclude: ["src/**/*.long.test.ts"] })
