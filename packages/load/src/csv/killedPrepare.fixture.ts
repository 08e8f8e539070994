/** A program for `CsvArchive.birth.long.test.ts`: makes an archive, and kills itself before the nth name would appear in its folder. */
import fs from "node:fs"
import { syncBuiltinESMExports } from "node:module"
import { Effect } from "effect"

const [folder, nth] = process.argv.slice(2)
let names = 0

const watch = (owner: object, makers: ReadonlyArray<string>) => {
  const calls = owner as Record<string, (...values: ReadonlyArray<unknown>) => unknown>
  for (const name of makers) {
    const call = calls[name]!
    calls[name] = (...values) => {
      if (String(values[0]).startsWith(folder!) && ++names === Number(nth)) {
        process.kill(process.pid, "SIGKILL")
      }
      return call(...values)
    }
  }
}
watch(fs, ["mkdirSync"])
watch(fs.promises, ["rename", "link"])
syncBuiltinESMExports()

const { writableFolder } = await import("./CsvFolder.fixture.ts")
await Effect.runPromise(Effect.scoped(writableFolder(folder!)))
