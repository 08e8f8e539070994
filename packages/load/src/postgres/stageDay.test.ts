import { expect, layer } from "@effect/vitest"
import { Context, Effect, Exit, Fiber, Schedule, Scope } from "effect"
import { Archive } from "../Archive.ts"
import { SpillFolder } from "./SpillFile.ts"
import { MaxKept } from "./StagedRows.ts"
import { encodingOf, encodingsOf, firstReadAt, load, readingOf, run, workDate } from "./reading.fixture.ts"
import { openArchive, TestPostgres } from "./TestPostgres.fixture.ts"

const freshArchive = Effect.gen(function* () {
  const { freshSchema, query, url } = yield* TestPostgres
  const schema = yield* freshSchema
  // Named by its schema, to tell its backends from those of other tests.
  const archive = Context.get(
    yield* openArchive(schema, { url: `${url}?application_name=${schema}` }),
    Archive,
  )
  yield* archive.prepare("host")
  const count = (table: string) =>
    Effect.map(
      query(`SELECT count(*)::int AS count FROM ${schema}.${table}`),
      ([row]) => row!["count"] as number,
    )
  /** Backends of the archive, whatever they do. */
  const backends = (condition: string) =>
    query(`SELECT pid FROM pg_stat_activity WHERE application_name = '${schema}' AND ${condition}`)
  /** What the archive's sessions have left. */
  const temporaryTables = query(
    "SELECT relname FROM pg_class WHERE relpersistence = 't' AND relname ~ '^(staged_|day_|twin_|merged_)'",
  )
  return { archive, schema, count, query, backends, temporaryTables }
})

/** Another program holds the lock on the day, until the scope closes. */
const holdDay = Effect.fnUntraced(function* (schema: string) {
  const lock = `hashtextextended('vodstation-etl day ${schema} ${workDate}', 0)`
  const { query } = yield* TestPostgres
  yield* Effect.forkScoped(
    query(`SELECT pg_advisory_lock(${lock}), pg_sleep(60), pg_advisory_unlock(${lock})`).pipe(
      Effect.sandbox,
      Effect.ignore,
    ),
  )
  yield* Effect.repeat(
    query(`SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted AND pid IN
             (SELECT pid FROM pg_stat_activity WHERE query LIKE '%${schema} ${workDate}%' AND wait_event = 'PgSleep')`),
    { until: (rows) => rows.length === 1, schedule: Schedule.spaced("10 millis") },
  ).pipe(
    Effect.flatMap(([holder]) =>
      Effect.addFinalizer(() => query(`SELECT pg_terminate_backend(${holder!["pid"]})`)),
    ),
  )
})

const until = <A>(effect: Effect.Effect<A>, done: (value: A) => boolean) =>
  Effect.repeat(effect, { until: done, schedule: Schedule.spaced("10 millis") }).pipe(
    Effect.timeout("20 seconds"),
  )

layer(TestPostgres.layer, { excludeTestServices: true })("a staged day", (it) => {
  it.effect("leaves nothing without a commit", () =>
    Effect.gen(function* () {
      const { archive, count, backends, temporaryTables } = yield* freshArchive
      yield* Effect.scoped(
        Effect.gen(function* () {
          const staged = yield* archive.stageDay(workDate, run)
          yield* staged.add(encodingsOf(10), [])
          // It holds neither a lock nor a transaction while the day is still being read, nor anything in a session.
          expect(yield* backends("state <> 'idle'")).toEqual([])
          expect(yield* temporaryTables).toEqual([])
        }),
      ).pipe(Effect.provideService(MaxKept, 0))
      expect(yield* count("encoding")).toBe(0)
      expect(yield* archive.ledger()).toEqual([])
      expect(yield* load(archive, encodingsOf(3), firstReadAt)).toMatchObject({ counts: { inserted: 3 } })
      yield* load(archive, encodingsOf(2), firstReadAt + 1).pipe(Effect.provideService(MaxKept, 0))
      expect(yield* temporaryTables).toEqual([])
    }),
  )

  for (const spilled of [false, true]) {
    it.effect(`can be interrupted in the middle of its commit${spilled ? ", from files" : ""}`, () =>
      Effect.gen(function* () {
        const { archive, schema, count, backends } = yield* freshArchive
        yield* load(archive, encodingsOf(5), firstReadAt)
        yield* Effect.scoped(
          Effect.gen(function* () {
            yield* holdDay(schema)
            const loading = yield* load(archive, encodingsOf(900), firstReadAt + 1).pipe(
              Effect.provideService(MaxKept, spilled ? 0 : Number.MAX_SAFE_INTEGER),
              Effect.forkChild,
            )
            yield* until(backends("wait_event_type = 'Lock'"), (rows) => rows.length === 1)
            yield* Fiber.interrupt(loading).pipe(Effect.timeout("5 seconds"))
            expect(Exit.hasInterrupts(yield* Fiber.await(loading))).toBe(true)
            // The server notices, although nobody gives it the lock.
            yield* until(backends("state <> 'idle'"), (rows) => rows.length === 0)
          }),
        )
        expect(yield* count("encoding")).toBe(5)
        expect(yield* load(archive, encodingsOf(900), firstReadAt + 1)).toMatchObject({
          counts: { inserted: 895 },
        })
      }),
    )
  }

  it.effect("can be interrupted in the middle of a COPY", () =>
    Effect.gen(function* () {
      const { archive, count, query, schema, backends } = yield* freshArchive
      // Another program holds the table, so that the COPY waits for ever.
      const held = yield* Effect.scoped(
        Effect.gen(function* () {
          yield* Effect.forkScoped(
            query(
              `DO $$ BEGIN LOCK TABLE ${schema}.encoding IN EXCLUSIVE MODE; PERFORM pg_sleep(60); END $$`,
            ).pipe(Effect.sandbox, Effect.ignore),
          )
          const [holder] = yield* until(
            query(
              `SELECT pid FROM pg_locks WHERE relation = '${schema}.encoding'::regclass AND mode = 'ExclusiveLock' AND granted`,
            ),
            (rows) => rows.length === 1,
          )
          yield* Effect.addFinalizer(() => query(`SELECT pg_terminate_backend(${holder!["pid"]})`))
          const loading = yield* Effect.forkChild(load(archive, encodingsOf(20_000), firstReadAt))
          yield* until(
            backends("query LIKE '%COPY encoding%' AND wait_event_type = 'Lock'"),
            (rows) => rows.length === 1,
          )
          yield* Fiber.interrupt(loading).pipe(Effect.timeout("5 seconds"))
          return yield* Fiber.await(loading)
        }),
      )
      expect(Exit.hasInterrupts(held)).toBe(true)
      yield* until(backends("state <> 'idle'"), (rows) => rows.length === 0)
      expect(yield* count("encoding")).toBe(0)
      expect(yield* archive.ledger()).toEqual([])
    }),
  )

  it.effect("is committed once", () =>
    Effect.gen(function* () {
      const { archive, count } = yield* freshArchive
      const staged = yield* archive.stageDay(workDate, run)
      yield* staged.add(encodingsOf(2), [])
      yield* staged.commit(readingOf(encodingsOf(2), firstReadAt))
      expect(Exit.hasDies(yield* Effect.exit(staged.commit(readingOf([], firstReadAt + 1))))).toBe(true)
      expect(Exit.hasDies(yield* Effect.exit(staged.add(encodingsOf(1), [])))).toBe(true)
      expect(yield* count("encoding")).toBe(2)
    }),
  )

  it.effect("is refused if other rows were staged than were read", () =>
    Effect.gen(function* () {
      const { archive, count } = yield* freshArchive
      yield* load(archive, encodingsOf(3), firstReadAt)
      const error = yield* Effect.flip(load(archive, encodingsOf(2), firstReadAt + 1, { rowCount: 3 }))
      expect(error).toMatchObject({ _tag: "ArchiveFailed", doing: `merging ${workDate}` })
      expect(yield* count("encoding")).toBe(3)
    }),
  )

  it.effect("is rolled back whole where Postgres refuses a row", () =>
    Effect.gen(function* () {
      const { archive, count } = yield* freshArchive
      yield* load(archive, encodingsOf(3), firstReadAt)
      for (const kept of [0, Number.MAX_SAFE_INTEGER]) {
        const rows = [encodingOf(0, { percent: 1 }), encodingOf(9, { raw: "no JSON, and secret content" })]
        const error = yield* Effect.flip(
          load(archive, rows, firstReadAt + 1).pipe(Effect.provideService(MaxKept, kept)),
        )
        expect(error._tag).toBe("ArchiveFailed")
        expect(error.message).not.toContain("secret content")
      }
      expect([yield* count("encoding"), yield* count("encoding_history")]).toEqual([3, 0])
      expect(yield* archive.ledger()).toMatchObject([{ readAt: firstReadAt, rowCount: 3 }])
    }),
  )

  it.effect("fails with what to do where it can wait neither in memory nor on the disk", () =>
    Effect.gen(function* () {
      const { archive, count } = yield* freshArchive
      const error = yield* Effect.flip(
        load(archive, encodingsOf(3), firstReadAt).pipe(
          Effect.provideService(MaxKept, 0),
          Effect.provideService(SpillFolder, "/no/such/folder"),
        ),
      )
      expect(error).toMatchObject({ _tag: "ArchiveFailed", doing: `staging ${workDate}` })
      expect(error.message).toMatch(
        /a large day cannot wait in \/no\/such\/folder .*set TMPDIR to another folder\./,
      )
      expect(yield* count("encoding")).toBe(0)
    }),
  )

  it.effect("waits for another one of its day, and the older reading is dropped whole", () =>
    Effect.gen(function* () {
      const { archive, count } = yield* freshArchive
      const older = encodingsOf(2_000)
      const newer = older.map((row) => ({ ...row, percent: 1 }))
      for (const attempt of [1, 2, 3]) {
        const readAt = firstReadAt + attempt * 10
        const [a, b] = yield* Effect.all([load(archive, older, readAt), load(archive, newer, readAt + 5)], {
          concurrency: 2,
        })
        expect(b._tag).toBe("Merged")
        expect(["Merged", "Outdated"]).toContain(a._tag)
        expect(yield* archive.ledger()).toMatchObject([{ readAt: readAt + 5 }])
      }
      expect(yield* load(archive, older, firstReadAt)).toEqual({ _tag: "Outdated" })
      expect(yield* count("encoding WHERE percent = 1")).toBe(2_000)
      expect(yield* count("encoding")).toBe(2_000)
    }),
  )

  it.effect("of ten days at once needs no more connections than there are", () =>
    Effect.gen(function* () {
      const { archive, count } = yield* freshArchive
      yield* Effect.forEach(
        Array.from({ length: 12 }, (_, index) => `2021-09-${index + 10}`),
        (workDate) => load(archive, encodingsOf(20), firstReadAt, { workDate }),
        { concurrency: "unbounded" },
      ).pipe(Effect.provideService(MaxKept, 0), Effect.timeout("20 seconds"))
      expect(yield* count("encoding")).toBe(240)
    }),
  )

  it.effect("fails when its connection is lost, and the next one gets another", () =>
    Effect.gen(function* () {
      const { archive, count, query, backends, schema } = yield* freshArchive
      const scope = yield* Scope.make()
      yield* Scope.provide(holdDay(schema), scope)
      const loading = yield* Effect.forkChild(load(archive, encodingsOf(5), firstReadAt))
      const [waiting] = yield* until(backends("wait_event_type = 'Lock'"), (rows) => rows.length === 1)
      yield* query(`SELECT pg_terminate_backend(${waiting!["pid"]})`)
      const error = yield* Effect.flip(Fiber.join(loading))
      yield* Scope.close(scope, Exit.void)
      expect(error).toMatchObject({ _tag: "ArchiveFailed", doing: `merging ${workDate}` })
      expect(error.message).toContain("the connection was lost")
      expect(yield* count("encoding")).toBe(0)
      expect(yield* load(archive, encodingsOf(5), firstReadAt)).toMatchObject({
        _tag: "Merged",
        state: "closed",
      })
    }),
  )

  it.effect("with no row closes only once the archive holds rows at all", () =>
    Effect.gen(function* () {
      const { archive } = yield* freshArchive
      expect(yield* load(archive, [], firstReadAt)).toMatchObject({ state: "open" })
      yield* load(archive, encodingsOf(1), firstReadAt, { workDate: "2021-09-13" })
      expect(yield* load(archive, [], firstReadAt + 1)).toMatchObject({ state: "closed" })
    }),
  )

  it.effect("takes hundreds of twins of one blank path", () =>
    Effect.gen(function* () {
      const { archive, count } = yield* freshArchive
      const waiting = Array.from({ length: 700 }, (_, index) =>
        encodingOf(0, { filePath: "", outputType: "", status: "WAITING", percent: index % 7 }),
      )
      expect(yield* load(archive, waiting, firstReadAt)).toMatchObject({ counts: { inserted: 700 } })
      const later = waiting.slice(200).concat(encodingsOf(200))
      expect(yield* load(archive, later, firstReadAt + 1)).toMatchObject({
        counts: { inserted: 200, withdrawn: 200 },
        state: "open",
      })
      expect(yield* count("encoding")).toBe(700)
      expect(yield* count("encoding_history")).toBeGreaterThanOrEqual(200)
    }),
  )
})
