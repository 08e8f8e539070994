/**
 * A simulator in a process of its own, so that its time and memory are not those of what is measured. Takes its options as
 * one JSON object, prints where it is and how to sign, and serves until its standard input closes.
 */
import { Effect } from "effect"
import { startSimulator } from "@vodstation-etl/simulator/Simulator"

const { rowsPerDay, ...options } = JSON.parse(process.argv[2] ?? "{}")

const inputClosed = Effect.callback<void>((resume) => {
  process.stdin.once("close", () => resume(Effect.void)).resume()
})

await Effect.gen(function* () {
  const { baseUrl, accessKey, secretKey } = yield* startSimulator({
    ...options,
    days: rowsPerDay.length,
    rowsPerDay: (day) => rowsPerDay[day],
  })
  console.log(JSON.stringify({ baseUrl, accessKey, secretKey }))
  yield* inputClosed
}).pipe(Effect.scoped, Effect.runPromise)
