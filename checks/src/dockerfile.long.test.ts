import { readdirSync } from "node:fs"
import { Effect, Exit, Scope } from "effect"
import { type RunningSimulator, startSimulator } from "@vodstation-etl/simulator/Simulator"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { readProjectFile } from "./projectFiles.fixture.ts"
import { buildImage, type ReplayedImage } from "./ReplayedImage.fixture.ts"

const isRoot = process.getuid?.() === 0

describe.runIf(isRoot)(
  "the Dockerfile, step by step (skipped but for root, who alone can become the image's user)",
  () => {
    let image: ReplayedImage
    let simulator: RunningSimulator
    const scope = Scope.makeUnsafe()

    beforeAll(async () => {
      image = buildImage("deploy/Dockerfile")
      simulator = await Effect.runPromise(
        startSimulator({ firstDay: "2026-08-01", days: 2, rowsPerDay: 20, stuckShare: 0, looseness: 0 }).pipe(
          Effect.provideService(Scope.Scope, scope),
        ),
      )
    })

    afterAll(async () => {
      await Effect.runPromise(Scope.close(scope, Exit.void))
      image.remove()
    })

    it("makes an image that shows its help, and tells its version", async () => {
      expect(await image.run([])).toMatchObject({ code: 0, stdout: expect.stringContaining("nightly") })
      const { version } = JSON.parse(readProjectFile("apps/runner/package.json"))
      expect(await image.run(["--version"])).toMatchObject({
        code: 0,
        stdout: expect.stringContaining(version),
      })
    })

    it("makes an image that writes to its volume, and to nothing else", async () => {
      const run = await image.run(
        [
          "backfill",
          "--from",
          "2026-08-01",
          "--to",
          "2026-08-03",
          "--json",
          "--archive",
          "csv",
          "--out",
          "/data/archive",
        ],
        {
          VODSTATION_BASE_URL: simulator.baseUrl,
          NCLOUD_ACCESS_KEY_ID: simulator.accessKey,
          NCLOUD_SECRET_ACCESS_KEY: simulator.secretKey,
        },
      )
      expect([run.code, run.stderr]).toEqual([0, expect.anything()])
      expect(JSON.parse(run.stdout)).toMatchObject({ outcome: "complete", rows: { inserted: 40 } })
      expect(readdirSync(image.pathOf("/data/archive/encoding"))).toEqual([
        "2026-08-01.csv",
        "2026-08-02.csv",
      ])
    })

    it("leaves in the image what the program needs, and no tools of development", () => {
      const packages = readdirSync(image.pathOf("/app/node_modules/.pnpm"))
      expect(packages.some((name) => name.startsWith("pg@"))).toBe(true)
      expect(
        packages.filter((name) => /^(vitest|typescript|oxlint|knip|kubernetes-models)@/.test(name)),
      ).toEqual([])
    })
  },
)
