import { execFileSync } from "node:child_process"
import * as fs from "node:fs"
import { tmpdir } from "node:os"
import * as path from "node:path"
import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { SpillFile, SpillFolder } from "./SpillFile.ts"

const freshFolder = Effect.acquireRelease(
  Effect.sync(() => fs.mkdtempSync(path.join(tmpdir(), "vodstation-spill-"))),
  (folder) => Effect.sync(() => fs.rmSync(folder, { recursive: true })),
)

const bytesOf = (file: SpillFile) =>
  Effect.promise(async () => {
    const chunks: Array<Buffer> = []
    for await (const chunk of file.chunks()) chunks.push(chunk)
    return Buffer.concat(chunks)
  })

const mountSmallDisk = (folder: string) =>
  Effect.acquireRelease(
    Effect.sync(() => execFileSync("mount", ["-t", "tmpfs", "-o", "size=256k", "tmpfs", folder])),
    () => Effect.sync(() => execFileSync("umount", [folder])),
  )

const mayMount = process.platform === "linux" && process.geteuid?.() === 0

describe("a file of what does not fit into memory", () => {
  it.effect("gives back what it was given, as often as it is asked", () =>
    Effect.gen(function* () {
      const file = yield* SpillFile.open
      const chunks = Array.from({ length: 40 }, (_, index) => Buffer.alloc(10_007, index + 1))
      yield* file.append(chunks.slice(0, 25))
      expect((yield* bytesOf(file)).equals(Buffer.concat(chunks.slice(0, 25)))).toBe(true)
      yield* file.append(chunks.slice(25))
      expect((yield* bytesOf(file)).equals(Buffer.concat(chunks))).toBe(true)
    }),
  )

  it.effect.skipIf(process.platform === "win32")(
    "has no name in its folder, so that nothing stays behind however the program ends (not on Windows)",
    () =>
      Effect.gen(function* () {
        const folder = yield* freshFolder
        const file = yield* SpillFile.open.pipe(Effect.provideService(SpillFolder, folder))
        yield* file.append([Buffer.from("a day")])
        expect(fs.readdirSync(folder)).toEqual([])
        expect(String(yield* bytesOf(file))).toBe("a day")
      }),
  )

  it.effect("is refused by name where its folder is no folder", () =>
    Effect.gen(function* () {
      const error = yield* SpillFile.open.pipe(
        Effect.provideService(SpillFolder, "/no/such/folder"),
        Effect.flip,
      )
      expect(error).toMatchObject({ _tag: "SpillFailed" })
      expect(error.reason).toMatch(/^a large day cannot wait in \/no\/such\/folder \(ENOENT.*set TMPDIR/)
    }),
  )

  it.effect.skipIf(!mayMount)(
    "says where there is no space left (as root on Linux, who may mount a small disk)",
    () =>
      Effect.gen(function* () {
        const folder = yield* freshFolder
        yield* mountSmallDisk(folder)
        yield* Effect.scoped(
          Effect.gen(function* () {
            const file = yield* SpillFile.open
            const error = yield* Effect.flip(file.append([Buffer.alloc(200_000), Buffer.alloc(200_000)]))
            expect(error.reason).toBe(
              `a large day waits in ${folder}, where there is no space left: free some, or set TMPDIR to a folder on a larger disk`,
            )
          }),
        ).pipe(Effect.provideService(SpillFolder, folder))
      }),
  )
})
