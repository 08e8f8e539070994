/**
 * A program for `WriterLock.test.ts`: tries to take the lock at its first argument at the moment given by its second (epoch
 * ms), prints `taken` or `held PID`, and holds it until its standard input ends.
 */
import { setTimeout } from "node:timers/promises"
import { takeWriterLock } from "./WriterLock.ts"

const [lock, at] = process.argv.slice(2)
await setTimeout(Math.max(0, Number(at) - Date.now()))
const attempt = await takeWriterLock(lock!, Date.now())
process.stdout.write(attempt._tag === "Taken" ? "taken\n" : `held ${attempt.by.pid}\n`)
process.stdin.resume()
process.stdin.once("end", () => {
  if (attempt._tag === "Taken") void attempt.release()
})
