/** Nothing can be written, nor anything read beyond the database, whoever connects. */
import { expect, layer } from "@effect/vitest"
import { Context, Effect, Layer } from "effect"
import { ArchiveQuery } from "../ArchiveQuery.ts"
import { postgresArchiveQueryLayer } from "./PostgresArchiveQuery.ts"
import { openArchive, TestPostgres } from "./TestPostgres.fixture.ts"
import { filled, otherRole } from "./readerRole.fixture.ts"

const queryOf = (schema: string, seconds?: number, url?: string) =>
  Effect.gen(function* () {
    const context = yield* openArchive(schema, url === undefined ? {} : { url })
    const querying = yield* Layer.build(
      Layer.fresh(postgresArchiveQueryLayer(seconds)).pipe(Layer.provide(Layer.succeedContext(context))),
    )
    return Context.get(querying, ArchiveQuery)
  })

layer(TestPostgres.layer, { excludeTestServices: true })("a question to Postgres", (it) => {
  it.effect("is asked by a superuser as one who is none, and reads", () =>
    Effect.gen(function* () {
      const { schema } = yield* filled()
      const query = yield* queryOf(schema)
      const [row] = yield* query.select(
        `SELECT current_user AS role, current_setting('transaction_read_only') AS read_only,
                (SELECT count(*) FROM encoding) AS rows`,
      )
      expect(row).toEqual({ role: "pg_read_all_data", read_only: "on", rows: 3n })
    }),
  )

  it.effect("is asked by another role as itself", () =>
    Effect.gen(function* () {
      const { schema } = yield* filled()
      const role = `${schema}_plain`
      const url = yield* otherRole(role, "LOGIN IN ROLE pg_read_all_data")
      const [row] = yield* (yield* queryOf(schema, undefined, url)).select(
        "SELECT current_user AS role, count(*) AS rows FROM encoding",
      )
      expect(row).toEqual({ role, rows: 3n })
    }),
  )

  it.effect.each<[string, string]>([
    ["DELETE FROM encoding", "cannot execute DELETE in a read-only transaction"],
    ["SELECT pg_read_file('/etc/passwd')", "permission denied for function pg_read_file"],
    ["COPY encoding TO PROGRAM 'cat'", "permission denied to COPY to or from an external program"],
    ["CREATE TEMPORARY TABLE mine (one int)", "cannot execute CREATE TABLE in a read-only transaction"],
  ])("cannot do what is none: %s", ([sql, reason]) =>
    Effect.gen(function* () {
      const { schema } = yield* filled()
      const query = yield* queryOf(schema)
      const { message } = yield* Effect.flip(query.select(sql))
      expect(message).toContain(reason)
    }),
  )

  it.effect("is stopped when it takes longer than it may", () =>
    Effect.gen(function* () {
      const { schema } = yield* filled()
      const { message } = yield* Effect.flip((yield* queryOf(schema, 0.1)).select("SELECT pg_sleep(60)"))
      expect(message).toContain("reading failed: it was stopped after 0.1 s")
    }),
  )
})
