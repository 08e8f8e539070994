/** Who may use a folder as an archive, and how the others are told. */
import { spawnSync } from "node:child_process"
import * as fs from "node:fs"
import * as path from "node:path"
import { fileURLToPath } from "node:url"
import { Effect } from "effect"
import { TestClock } from "effect/testing"
import { describe, expect, it } from "@effect/vitest"
import {
  encodingOf,
  filesOf,
  freshFolder,
  loadReading,
  madeFolder,
  messageOf,
  openFolder,
  readingOf,
  runIdOf,
  writableFolder,
} from "./CsvFolder.fixture.ts"

describe("opening", () => {
  it.effect("only looks: an archive that does not exist yet is empty, until it is prepared", () =>
    Effect.gen(function* () {
      const folder = yield* freshFolder
      const archive = yield* openFolder(folder, { timeZone: "Europe/Berlin" })
      expect(archive.timeZone).toBe("Europe/Berlin")
      expect(yield* archive.ledger()).toEqual([])
      expect(yield* archive.runs(5)).toEqual([])
      expect(fs.existsSync(folder)).toBe(false)
      expect(yield* messageOf(archive.recordFailure("2021-09-12", { runId: runIdOf(1) }, "x"))).toContain(
        "it was not made ready to be written",
      )
      yield* archive.prepare("vodstation.example:443")
      yield* archive.prepare("VODSTATION.example")
      expect(JSON.parse(filesOf(folder)["archive.json"]!)).toEqual({
        ...{ format: 1, timeZone: "Europe/Berlin", host: "vodstation.example", excel: false },
      })
    }),
  )

  it.effect("for reading takes no lock and writes nothing, while another writes", () =>
    Effect.gen(function* () {
      const folder = yield* madeFolder({ excel: true, timeZone: "+09:00" })
      const writer = yield* writableFolder(folder)
      yield* loadReading(writer, readingOf([encodingOf()]), [encodingOf()])
      const before = filesOf(folder)
      const lock = fs.readFileSync(path.join(folder, ".lock"))
      const reader = yield* openFolder(folder, { access: "read" })
      expect(reader.timeZone).toBe("+09:00")
      expect(yield* reader.ledger()).toEqual(yield* writer.ledger())
      expect((yield* reader.ledger()).length).toBe(1)
      expect(yield* reader.ledger({ from: "2021-09-13", before: "2021-09-14" })).toEqual([])
      for (const write of [
        reader.prepare("vodstation.example"),
        reader.recordFailure("2021-09-12", { runId: runIdOf(1) }, "x"),
        Effect.scoped(reader.stageDay("2021-09-12", { runId: runIdOf(1) })),
      ])
        expect(yield* messageOf(Effect.asVoid(write))).toContain("it was opened for reading only")
      expect(filesOf(folder)).toEqual(before)
      expect(fs.readFileSync(path.join(folder, ".lock"))).toEqual(lock)
    }),
  )

  it.effect("is refused, in one line and with nothing touched", () =>
    Effect.gen(function* () {
      const made = yield* madeFolder({ timeZone: "Asia/Seoul" })
      const settings = fs.readFileSync(path.join(made, "archive.json"), "utf8")
      const withSettings = Effect.fnUntraced(function* (text: string) {
        const folder = yield* madeFolder()
        fs.writeFileSync(path.join(folder, "archive.json"), text)
        return folder
      })
      const file = yield* freshFolder
      fs.writeFileSync(file, "a file")
      const foreign = yield* freshFolder
      fs.mkdirSync(foreign)
      for (const name of ["b.txt", "a.txt", ".lock", "lost+found"])
        fs.writeFileSync(path.join(foreign, name), name)
      const newer = yield* withSettings(settings.replace('"format": 1', '"format": 2, "new": {}'))
      const damaged = yield* withSettings(settings.slice(0, 20))
      const cases = [
        [file, {}, "this is not a folder. Choose a folder with --out"],
        [path.join(file, "inside"), {}, "this is not a folder. Choose a folder with --out"],
        [
          foreign,
          {},
          "this folder is not empty and is no archive: it holds a.txt, b.txt. Choose an empty or a new folder with --out",
        ],
        [
          newer,
          {},
          "it was written by a newer version of vodstation-etl (format 2, this one knows 1). Upgrade vodstation-etl, or choose another folder with --out.",
        ],
        [damaged, {}, "its archive.json is damaged. Restore that file from a backup"],
        [
          made,
          { timeZone: "UTC" },
          "it was made for work days in Asia/Seoul, which cannot change to UTC later.",
        ],
        [made, { timeZone: "Mars/Base" }, '"Mars/Base" is no time zone.'],
        [made, { excel: true }, "it was made without --excel, for good. Leave --excel out,"],
      ] as const
      for (const [folder, options, message] of cases) {
        const before = fs.statSync(folder, { throwIfNoEntry: false })?.isDirectory()
          ? filesOf(folder)
          : undefined
        expect(yield* messageOf(openFolder(folder, options))).toContain(
          `ArchiveUnusable ${folder}: ${message}`,
        )
        if (before !== undefined) expect(filesOf(folder)).toEqual(before)
        if (folder !== made)
          expect(yield* messageOf(openFolder(folder, { ...options, access: "read" }))).toContain(message)
      }
      expect(fs.readFileSync(file, "utf8")).toBe("a file")
    }),
  )

  it.effect("is refused where this user may not write", () =>
    Effect.gen(function* () {
      const folder = yield* madeFolder()
      const parent = path.dirname(folder)
      for (const name of [folder, parent]) fs.chmodSync(name, 0o555)
      const program = fileURLToPath(new URL("./loadDay.fixture.ts", import.meta.url))
      // Root may write everywhere, and so becomes nobody.
      const user = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}
      for (const name of [folder, path.join(parent, "new", "deep")]) {
        const { stderr } = spawnSync(process.execPath, [program, "archive", name, "1", "0"], user)
        expect(stderr.toString()).toContain(
          `ArchiveUnusable: ${name}: this folder cannot be written to. Make it writable for this user, or choose another folder with --out`,
        )
      }
      for (const name of [folder, parent]) fs.chmodSync(name, 0o755)
    }),
  )

  it.effect("is refused while another writes, with who it is and since when", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(Date.parse("2026-11-24T10:00:00Z"))
      const folder = yield* freshFolder
      const early = yield* openFolder(folder)
      const message = yield* Effect.scoped(
        Effect.gen(function* () {
          yield* writableFolder(folder)
          const late = yield* messageOf(openFolder(folder))
          // One that looked before the other began is refused when it is to write.
          expect(yield* messageOf(early.prepare("vodstation.example"))).toBe(late)
          return late
        }),
      )
      expect(message).toContain(
        `ArchiveUnusable ${folder}: another program is writing to it: process ${process.pid} on `,
      )
      expect(message).toContain(", since 2026-11-24T10:00:00.000Z. Wait until it has ended, or end it.")
      yield* early.prepare("vodstation.example")
    }),
  )

  it.effect("to fill it from another host is refused", () =>
    Effect.gen(function* () {
      const folder = yield* madeFolder()
      const before = filesOf(folder)
      const archive = yield* openFolder(folder)
      expect(yield* messageOf(archive.prepare("other.example"))).toContain(
        "it is filled from vodstation.example, and rows of other.example could not be told apart from those.",
      )
      expect(filesOf(folder)).toEqual(before)
      yield* archive.prepare("vodstation.example:8443")
      expect(yield* messageOf(archive.prepare("other.example"))).toContain(
        "it is filled from vodstation.example",
      )
    }),
  )
})
