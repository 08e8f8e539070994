/**
 * A user's SELECT over a CSV archive, made safe to be run: one statement that only asks, of tables that are there. DuckDB is
 * kept from all other files anyway; but some functions in a FROM write settings, logs or statements of their own, so only
 * those that make rows are let through.
 */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { type DuckDb, textLiteral } from "../duckdb/DuckDb.ts"
import { DuckDbError } from "../duckdb/DuckDbError.ts"
import { mapErrorOf } from "../mapErrorOf.ts"
import {
  mayDoMore,
  onlyArchive,
  onlyOne,
  onlySelect,
  refusedByFirstWord,
  SelectRefused,
  tooSlow,
  withPlaceAndAdvice,
} from "../SelectRefused.ts"

const rowMakers = new Set(["generate_series", "json_each", "json_tree", "range", "repeat", "unnest"])

const Serialized = Schema.fromJsonString(
  Schema.Struct({ error: Schema.Boolean, statements: Schema.optionalKey(Schema.Unknown) }),
)

/** Refuses what is more than a SELECT of the archive; runs nothing of it. */
export const lookIntoSelect = Effect.fnUntraced(function* (duckDb: DuckDb, select: string) {
  const refused = refusedByFirstWord(select)
  if (refused !== undefined) return yield* refused
  if ((yield* duckDb.statements(select)) !== 1) return yield* new SelectRefused({ reason: onlyOne })
  const text = yield* duckDb.read(`SELECT json_serialize_sql(${textLiteral(select)})`, [], async (result) =>
    String((await result.getRows())[0]![0]),
  )
  const { error, statements } = yield* Effect.orDie(Schema.decodeEffect(Serialized)(text))
  if (error) return yield* new SelectRefused({ reason: onlySelect })
  const other = tableFunctions(statements).find((name) => !rowMakers.has(name))
  if (other !== undefined) return yield* mayDoMore(other)
})

/** The names of the functions in every FROM. */
const tableFunctions = (node: unknown): ReadonlyArray<string> => {
  if (Array.isArray(node)) return node.flatMap(tableFunctions)
  if (typeof node !== "object" || node === null) return []
  const own =
    "type" in node && node.type === "TABLE_FUNCTION" && "function" in node ? [nameOf(node.function)] : []
  return [...own, ...Object.values(node).flatMap(tableFunctions)]
}

const nameOf = (call: unknown): string =>
  typeof call === "object" && call !== null && "function_name" in call
    ? String(call.function_name).toLowerCase()
    : "it"

/** Runs `use`, and stops it after the seconds of the SELECT. What DuckDB refuses of the SELECT is `SelectRefused`. */
export const withinTime = <A, E, R>(
  { select, seconds }: { readonly select: string; readonly seconds: number },
  use: Effect.Effect<A, E, R>,
): Effect.Effect<A, Exclude<E, DuckDbError> | SelectRefused, R> =>
  mapErrorOf(
    Effect.timeoutOrElse(use, {
      duration: seconds * 1000,
      orElse: () => Effect.fail(new SelectRefused({ reason: tooSlow(seconds) })),
    }),
    DuckDbError,
    ({ kind, reason, more }) =>
      new SelectRefused({
        reason:
          kind === "Permission"
            ? `${onlyArchive} (${reason})`
            : withPlaceAndAdvice(reason, placeIn(select, more), advice.exec(more)?.[0]),
      }),
  )

const advice = /^(?:Did you mean|Candidate bindings:) .*$/m

/**
 * From `LINE 2: FROM encodings` and a line that points at the place in it. It may be a line of a statement around the SELECT;
 * of a long one a part is shown, and wide characters push the pointer to the right.
 */
const placeIn = (select: string, more: string) => {
  const [, prefix = "", number, text = "", pointed = ""] = /^(LINE (\d+): )(.*)\n( *)\^/m.exec(more) ?? []
  const line = Number(number)
  const meant = select.split("\n")[line - 1]
  const shown = text.replace(/^\.{3}/, "").replace(/\.{3}$/, "")
  if (meant === undefined || !meant.includes(shown)) return undefined
  const isWhole = meant === text && /^[\x20-\x7e]*$/.test(text)
  return { line, column: isWhole ? pointed.length - prefix.length + 1 : undefined }
}
