/** The flags that several commands share, each with its default and its range, described once. */
import * as Schema from "effect/Schema"
import * as Flag from "effect/cli/Flag"

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

export const gatewayFlags = {
  site: Flag.Literals("site", ["public", "gov", "fin"]).pipe(
    Flag.withDescription("Which NAVER Cloud site; VODSTATION_BASE_URL overrides it"),
    Flag.withDefault("public"),
  ),
  profile: Flag.String("profile").pipe(
    Flag.withMetavar("NAME"),
    Flag.withDescription("Profile of ~/.ncloud/configure to take the credentials from"),
    Flag.optional,
  ),
}

export const readingFlags = {
  concurrency: Flag.Int("concurrency").pipe(
    Flag.withDescription("Requests under way at once, 1 to 64"),
    Flag.withDefault(8),
    Flag.withSchema(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 64 }))),
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
}

export const outputFlags = {
  json: Flag.Boolean("json").pipe(
    Flag.withDescription("Print the result as one JSON object on standard output"),
    Flag.withDefault(false),
  ),
  logFormat: Flag.Literals("log-format", ["pretty", "json"]).pipe(
    Flag.withDescription("How log lines look on standard error"),
    Flag.withDefault("pretty"),
  ),
}

export const excelFlag = {
  excel: Flag.Boolean("excel").pipe(
    Flag.withDescription(
      "CSV for Excel: byte order mark, CRLF, formulas defused; fixed when the archive is made",
    ),
    Flag.withDefault(undefined),
  ),
}
