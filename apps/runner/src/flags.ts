/** The flags that several commands share, each with its default and its range, described once. */
import * as Schema from "effect/Schema"
import * as Flag from "effect/cli/Flag"
import { logFormats } from "./LogFormat.ts"

export const rangeFlags = {
  from: Flag.String("from").pipe(
    Flag.withMetavar("D"),
    Flag.withDescription("First day: 2021-09-12, an instant, or -7d"),
  ),
  to: Flag.String("to").pipe(Flag.withMetavar("D"), Flag.withDescription("The day after the last one")),
}

/** A range of what is there already, of which either end may be left out. */
export const anyRangeFlags = {
  from: rangeFlags.from.pipe(
    Flag.withDescription("First work day: 2021-09-12, an instant, or -7d; without it, from the beginning"),
    Flag.withDefault(undefined),
  ),
  to: rangeFlags.to.pipe(
    Flag.withDescription("The day after the last one; without it, to the end"),
    Flag.withDefault(undefined),
  ),
}

export const refreshFlag = {
  refresh: Flag.Boolean("refresh").pipe(
    Flag.withDescription("Read closed days again as well"),
    Flag.withDefault(false),
  ),
}

export const sinceFlag = {
  since: Flag.String("since").pipe(
    Flag.withMetavar("D"),
    Flag.withDescription("Where the archive is still empty: the day to begin with"),
  ),
}

export const archiveFlags = {
  archive: Flag.Literals("archive", ["postgres", "csv"]).pipe(
    Flag.withDescription("Where the archive is: a Postgres schema, or a folder of CSV files"),
    Flag.withDefault("postgres"),
  ),
  out: Flag.String("out").pipe(
    Flag.withMetavar("DIR"),
    Flag.withDescription("Folder of the CSV archive (with --archive csv)"),
    Flag.optional,
  ),
}

/** @param written what the command writes to `--out`, which elsewhere is the archive's folder; undefined: it has no `--out` */
export const archiveDirFlag = (written?: "file" | "page") =>
  Flag.String("archive-dir").pipe(
    Flag.withMetavar("DIR"),
    Flag.withDescription(
      `Folder of the CSV archive (with --archive csv)${written === undefined ? "" : `, since --out is the ${written}`}`,
    ),
    Flag.withDefault(undefined),
  )

export const gatewayFlags = {
  site: Flag.Literals("site", ["public", "gov", "fin"]).pipe(
    Flag.withDescription(
      "Which NAVER Cloud site, public by default; VODSTATION_BASE_URL in the environment overrides it",
    ),
    Flag.withDefault(undefined),
  ),
  profile: Flag.String("profile").pipe(
    Flag.withMetavar("NAME"),
    Flag.withDescription(
      "Profile of ~/.ncloud/configure to take the credentials from, unless NCLOUD_… in the environment gives them",
    ),
    Flag.optional,
  ),
}

export const readingFlags = {
  concurrency: Flag.Int("concurrency").pipe(
    Flag.withDescription(
      "The most requests under way at once, 1 to 64; where the gateway gets slow or refuses, fewer are sent",
    ),
    Flag.withDefault(8),
    Flag.withSchema(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 64 }))),
  ),
  rate: Flag.Finite("rate").pipe(
    Flag.withMetavar("N"),
    Flag.withDescription(
      "The most requests in a second, 0.1 to 1000, evenly spaced, retries included; without it, as fast as the gateway bears",
    ),
    Flag.withSchema(Schema.Finite.check(Schema.isBetween({ minimum: 0.1, maximum: 1_000 }))),
    Flag.withDefault(undefined),
  ),
  pageSize: Flag.Int("page-size").pipe(
    Flag.withDescription("Rows to ask for at once, 10 to 10000; the gateway may serve fewer"),
    Flag.withDefault(1000),
    Flag.withSchema(Schema.Int.check(Schema.isBetween({ minimum: 10, maximum: 10_000 }))),
  ),
  resolution: Flag.String("resolution").pipe(
    Flag.withMetavar("WIDTH"),
    Flag.withDescription(
      "Read days in cells of this width (1d, 1h, 5m, …), so that request times are known to a cell",
    ),
    Flag.withDefault("1d"),
  ),
  settle: Flag.String("settle").pipe(
    Flag.withMetavar("TIME"),
    Flag.withDescription(
      "How long after its end a day may still gain rows, and stays open: 30m, 2h, 1d or 0",
    ),
    Flag.withDefault("1h"),
  ),
}

export const quietFlag = {
  quiet: Flag.Boolean("quiet").pipe(
    Flag.withDescription("No progress and no summary: only what is wrong, on standard error, and --json"),
    Flag.withDefault(false),
  ),
}

export const outputFlags = {
  json: Flag.Boolean("json").pipe(
    Flag.withDescription("Print the result as one JSON object on standard output"),
    Flag.withDefault(false),
  ),
  /** `LogFormat` is asked for it, and not the parsed flag: mistakes in other flags are told in it as well. */
  logFormat: Flag.Literals("log-format", logFormats).pipe(
    Flag.withDescription("How lines look on standard error: words, or one JSON object a line"),
    Flag.withDefault("pretty"),
  ),
}

/** Those of every command that holds an archive against the gateway. */
export const bothFlags = { ...archiveFlags, ...readingFlags, ...gatewayFlags, ...outputFlags, ...quietFlag }

export const excelFlag = {
  excel: Flag.Boolean("excel").pipe(
    Flag.withDescription(
      "CSV for Excel: byte order mark, CRLF, no formulas, long numbers and leading zeros kept; fixed when the archive is made",
    ),
    Flag.withDefault(undefined),
  ),
}

export const demoFlag = {
  demo: Flag.Boolean("demo").pipe(
    Flag.withDescription("The server that the demo filled, instead of your own"),
    Flag.withDefault(false),
  ),
}
