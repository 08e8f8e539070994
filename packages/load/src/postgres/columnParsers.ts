/**
 * How `pg` is to read columns, set per connection and never globally: bigint exactly, dates and JSON as their very text
 * (a Date would be of the machine's time zone, parsed JSON another text), timestamptz as epoch ms.
 */
import pg from "pg"

const epochMs = (text: string): number =>
  // The session's time zone is UTC: `2021-09-14 06:49:12.123+00`.
  Date.parse(text.replace(" ", "T").replace("+00", "Z"))

const verbatim = (text: string): string => text

const parsers = new Map<number, (text: string) => unknown>([
  [pg.types.builtins.INT8, BigInt],
  [pg.types.builtins.DATE, verbatim],
  [pg.types.builtins.JSON, verbatim],
  [pg.types.builtins.JSONB, verbatim],
  [pg.types.builtins.TIMESTAMPTZ, epochMs],
])

export const columnParsers: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) =>
    (format === "binary" ? undefined : parsers.get(oid)) ?? pg.types.getTypeParser(oid, format),
}
