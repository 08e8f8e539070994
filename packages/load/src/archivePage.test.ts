/**
 * docs/archive.md: the archive's schema, made from the database's own comments and from a small archive of each kind, so
 * that it cannot go stale. `pnpm vitest run --project load archivePage -u` writes it.
 */
import { expect, layer } from "@effect/vitest"
import { Context, Effect } from "effect"
import { Archive } from "./Archive.ts"
import { describeSchema } from "./archivePage.fixture.ts"
import { filesOf, freshFolder, writableFolder } from "./csv/CsvFolder.fixture.ts"
import { fillExample } from "./ExampleArchive.fixture.ts"
import { openArchive, TestPostgres } from "./postgres/TestPostgres.fixture.ts"

layer(TestPostgres.layer, { excludeTestServices: true })("docs/archive.md", (it) => {
  it.effect("tells of the archives as they are", () =>
    Effect.gen(function* () {
      const schema = yield* (yield* TestPostgres).freshSchema
      const archive = Context.get(yield* openArchive(schema), Archive)
      yield* archive.prepare("vodstation.apigw.ntruss.com")
      yield* fillExample(archive)
      const sections = yield* describeSchema(schema)
      const views = sections.findIndex((section) => section.startsWith("### encoding_timeline"))

      const folder = yield* freshFolder
      const csv = yield* writableFolder(folder)
      yield* fillExample(csv)

      const page = [
        heading,
        "## Tables",
        ...sections.slice(0, views),
        "## Views",
        viewsHeading,
        ...sections.slice(views),
        "## CSV archive",
        csvHeading,
        ...csvFiles(filesOf(folder)),
        csvEnd,
      ]
      yield* Effect.promise(() =>
        expect(`${page.join("\n\n")}\n`).toMatchFileSnapshot("../../../docs/archive.md"),
      )
    }),
  )
})

const meanings: Readonly<Record<string, string>> = {
  encoding: "The columns of `encoding` that tell of the encoding itself: one file a day.",
  encoding_provenance: "The other columns of `encoding`, by the same key, in the same order.",
  encoding_history: "`encoding_history`: only for days that have any, oldest state of a key first.",
  rejected: "`rejected_record`: only for days that have any.",
  "ledger.csv": "`extraction_day`.",
  "archive.json": "`archive_setting`, and the version of the format.",
  "runs.ndjson":
    "`extraction_run`, a line for a run's start and one for its end. Not part of the data: a diary.",
}

/** Every kind of file with its first lines, from the first day that has it. */
const csvFiles = (files: Readonly<Record<string, string>>): ReadonlyArray<string> =>
  Object.entries(meanings).map(([name, meaning]) => {
    const file = Object.keys(files).find((path) => path === name || path.startsWith(`${name}/`))!
    const lines = files[file]!.trimEnd().split("\n").slice(0, 4)
    return [`### ${file}`, meaning, ["```", ...lines, "```"].join("\n")].join("\n\n")
  })

const heading = `# The archive

<!-- written by: pnpm vitest run --project load archivePage -u -->

What an archive holds, table by table and file by file. The texts are the database's own comments (\`\\d+ encoding\` in psql, or whatever
your BI tool shows of them), the examples come from a small archive that a test makes.

Where nothing else is said, times are moments (\`timestamptz\`; in CSV files UTC), and times of the archive itself (\`first_seen_at\`,
\`changed_at\`, \`superseded_at\`, \`missing_since\`, \`read_at\`) go by the gateway's clock. A **work day** is the calendar day, in the archive's
time zone (\`archive_setting\`, Asia/Seoul unless told otherwise), on which an encoding was requested. Text sorts by its bytes.

- **One row, one output of one input file.** The API gives rows no id: a row is known by its day, category, path and output type, and where
  one file was encoded twice in a day, by \`occurrence\`.
- **\`encoding\` is the present, \`encoding_history\` the past**, and \`encoding_timeline\` both. A row that changes leaves its old state in the
  history. A finished row that the API lists no more stays, with \`missing_since\`. One that was not finished and is gone moves to the history:
  it became another row (WAITING rows gain a path), or was withdrawn.
- **\`extraction_day\` says what the rest is worth**: only the rows of a closed day are proven to be all of it, and final.
- [Questions that people ask, as SQL](cookbook.md).`

const viewsHeading = `Outcomes are grouped by work day: give them a range of \`work_date\`, and they read that range. Of sums of sizes that are wider than a
\`bigint\` the type is \`numeric\`.`

const csvHeading = `The same facts in a folder (\`--archive csv --out DIR\`): RFC 4180, UTF-8, a header line, sorted by key, so that the same rows give the
same bytes. NULL is an empty field, the empty string \`""\`; times are UTC with milliseconds; \`anomalies\` is a JSON array; \`raw\` and
\`payload\` are JSON text as it came. \`--excel\` adds a byte order mark, ends lines with CRLF and puts a \`'\` before formulas.`

const csvEnd = `What the archive said at a moment, from these files: the rows of \`encoding\` whose \`changed_at\` (in \`encoding_provenance\`) is not after it, and those
of \`encoding_history\` with \`changed_at\` not after it and \`superseded_at\` after it.

A day is several files. It is written beside them, below \`.pending\`, and counts from the moment in which a manifest of it is renamed into place;
then the files are moved. Whoever opens the archive for writing finishes what was interrupted. One program writes at a time (\`.lock\`).`
