/** Whether there is room where something is written. */
import * as Effect from "effect/Effect"
import { freeSpace } from "@vodstation-etl/load/freeSpace"
import { sizeInWords } from "../sizeInWords.ts"
import { withTilde } from "../withTilde.ts"
import type { Check } from "./Check.ts"
import { ok, warning } from "./Check.ts"

/** A few days of a busy account, or one that waits in a file. */
const little = 1_000_000_000

/** @param what is written there */
export const freeSpaceCheck = (name: string, folder: string, what: string): Effect.Effect<Check> =>
  Effect.tryPromise(() => freeSpace(folder)).pipe(
    Effect.map(({ at, bytes }) =>
      bytes >= little
        ? ok(name, `${sizeInWords(bytes)} free in ${withTilde(at)}, for ${what}`)
        : warning(name, `Only ${sizeInWords(bytes)} free in ${withTilde(at)}, for ${what}: free some space.`),
    ),
    Effect.orElseSucceed(() =>
      warning(name, `The free space in ${withTilde(folder)}, for ${what}, cannot be told.`),
    ),
  )
