/** A program for `commitDay.test.ts`: loads the second reading into a folder, and kills itself before the step it is told. */
import { Effect } from "effect"
import { BeforeCommitStep } from "./commitDay.ts"
import { loadSecond } from "./twoReadings.fixture.ts"

const [folder, step] = process.argv.slice(2)
await loadSecond(folder!).pipe(
  Effect.provideService(BeforeCommitStep, (name) => {
    if (name === step) process.kill(process.pid, "SIGKILL")
  }),
  Effect.runPromise,
)
