/** The commands of `pnpm bench`, as `--help` shows them. */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import { usualRows } from "./usualRows.ts"

const count = (
  name: string,
  says: string,
  usual: number,
  bounds: { readonly minimum: number; readonly maximum: number },
) =>
  Flag.Int(name).pipe(
    Flag.withDescription(says),
    Flag.withDefault(usual),
    Flag.withSchema(Schema.Int.check(Schema.isBetween(bounds))),
  )

const rows = (usual: number) =>
  count("rows", `How many rows; fewer for a quick look (default ${usual})`, usual, {
    minimum: 1_000,
    maximum: 5_000_000,
  })

const repetitionsOf = (usual: number) =>
  count("repetitions", "How often each pair is run", usual, { minimum: 1, maximum: 50 })

const repetitions = repetitionsOf(5)

const extract = Command.make(
  "extract",
  {
    rows: rows(usualRows.extract),
    repetitions,
    twins: Flag.Finite("twins").pipe(
      Flag.withDescription("Share of files that are encoded twice in a day"),
      Flag.withDefault(0),
      Flag.withSchema(Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1 }))),
    ),
  },
  Effect.fnUntraced(function* (options) {
    const { extractBench } = yield* Effect.promise(() => import("./extract/extractBench.ts"))
    yield* extractBench(options)
  }),
).pipe(Command.withDescription("Reading alone, against a bare client that fetches and parses the same pages"))

const completeness = Command.make(
  "completeness",
  { rows: rows(usualRows.completeness) },
  Effect.fnUntraced(function* (options) {
    const { completenessBench } = yield* Effect.promise(() => import("./completeness/completenessBench.ts"))
    yield* completenessBench(options)
  }),
).pipe(
  Command.withDescription(
    "What naive paging, careful paging and this reader make of lists that move. Without --rows the table goes into docs/completeness.md",
  ),
)

const job = Command.make(
  "job",
  { rows: rows(usualRows.job), repetitions },
  Effect.fnUntraced(function* (options) {
    const { jobBench } = yield* Effect.promise(() => import("./loading/jobBench.ts"))
    yield* jobBench(options)
  }),
).pipe(
  Command.withDescription("The whole job, by the whole program, against a script as people write it by hand"),
)

const load = Command.make(
  "load",
  { rows: rows(usualRows.load), repetitions },
  Effect.fnUntraced(function* (options) {
    const { loadBench } = yield* Effect.promise(() => import("./loading/loadBench.ts"))
    yield* loadBench(options)
  }),
).pipe(
  Command.withDescription("Loading into Postgres, against a bare COPY of the same rows, and the usual ways"),
)

const csv = Command.make(
  "csv",
  { rows: rows(usualRows.csv), repetitions },
  Effect.fnUntraced(function* (options) {
    const { csvBench } = yield* Effect.promise(() => import("./loading/csvBench.ts"))
    yield* csvBench(options)
  }),
).pipe(
  Command.withDescription(
    "Loading into CSV files, against csv-stringify writing the same rows into one file",
  ),
)

const loadWhileReading = Command.make(
  "load-while-reading",
  {
    rows: rows(usualRows.loadWhileReading),
    repetitions,
    pageSizes: Flag.Int("page-size").pipe(
      Flag.withDescription("Rows of a page, as often as you like (default 1000, 300, 200 and 100)"),
      Flag.withSchema(Schema.Int.check(Schema.isBetween({ minimum: 10, maximum: 10_000 }))),
      Flag.atLeast(0),
    ),
  },
  Effect.fnUntraced(function* (options) {
    const { loadWhileReadingBench } = yield* Effect.promise(
      () => import("./loading/loadWhileReadingBench.ts"),
    )
    yield* loadWhileReadingBench(options)
  }),
).pipe(
  Command.withDescription(
    "The whole way into Postgres, against the longer of reading alone and loading alone",
  ),
)

const exporting = Command.make(
  "export",
  { rows: rows(usualRows.exporting), repetitions },
  Effect.fnUntraced(function* (options) {
    const { exportBench } = yield* Effect.promise(() => import("./exporting/exportBench.ts"))
    yield* exportBench(options)
  }),
).pipe(
  Command.withDescription(
    "export of the table encoding as CSV and Parquet, against psql's \\copy and DuckDB by hand",
  ),
)

const heldRows = count(
  "rows",
  `How many rows the archive holds (default ${usualRows.held})`,
  usualRows.held,
  { minimum: 1_000, maximum: 20_000_000 },
)

const growth = Command.make(
  "growth",
  { rows: heldRows, repetitions },
  Effect.fnUntraced(function* (options) {
    const { growthBench } = yield* Effect.promise(() => import("./loading/growthBench.ts"))
    yield* growthBench(options)
  }),
).pipe(Command.withDescription("Merging a day into an archive that holds years, against an empty one"))

const questions = Command.make(
  "questions",
  {
    rows: heldRows,
    repetitions,
  },
  Effect.fnUntraced(function* (options) {
    const { questionsBench } = yield* Effect.promise(() => import("./questions/questionsBench.ts"))
    yield* questionsBench(options)
  }),
).pipe(
  Command.withDescription(
    "What the archive's views take for ninety days, and what its indexes cost the load",
  ),
)

const start = Command.make(
  "start",
  { repetitions: repetitionsOf(20) },
  Effect.fnUntraced(function* (options) {
    const { startBench } = yield* Effect.promise(() => import("./startBench.ts"))
    yield* startBench(options)
  }),
).pipe(Command.withDescription("--help of the program as published, against Node with nothing to do"))

export const benchCommand = Command.make("bench").pipe(
  Command.withDescription(
    "Benchmarks against the simulator, and against peers that anyone could have written",
  ),
  Command.withSubcommands([
    completeness,
    csv,
    exporting,
    extract,
    growth,
    job,
    load,
    loadWhileReading,
    questions,
    start,
  ]),
)
