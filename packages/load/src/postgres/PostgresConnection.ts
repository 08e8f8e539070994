/**
 * One connection, leased from the pool, for a transaction. Nothing depends on its session: through PgBouncer in transaction
 * mode the next transaction may meet another server process, and what one leaves behind another program would find. What does not end well on it (a failure, an interruption in the middle of a
 * statement or a COPY) costs the connection: it is closed instead of being given back, so that the server rolls back and
 * drops what was begun, and nobody inherits a half-finished conversation.
 */
import { once } from "node:events"
import { setImmediate } from "node:timers/promises"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type pg from "pg"
import { from as copyFrom, to as copyTo } from "pg-copy-streams"
import { PostgresError, postgresError } from "./PostgresError.ts"
import { SpillFailed } from "./SpillFile.ts"
import { sqlStatement } from "./sqlStatement.ts"

/** Bytes that are handed on at once: each costs a system call, and half as many more are under way meanwhile. */
const copyPiece = 262_144

/** Fills `piece` from `chunks`; true where they have ended. */
const gather = async (chunks: AsyncIterator<Buffer>, piece: Array<Buffer>): Promise<boolean> => {
  for (let size = 0; size < copyPiece;) {
    const next = await chunks.next()
    if (next.done === true) return true
    piece.push(next.value)
    size += next.value.length
  }
  return false
}

/** How transactions begin, by what they are for; nothing is left to the role's defaults. */
const modes = {
  write: "ISOLATION LEVEL READ COMMITTED",
  read: "ISOLATION LEVEL READ COMMITTED READ ONLY",
  /** All statements see the same moment. */
  snapshot: "ISOLATION LEVEL REPEATABLE READ READ ONLY",
}
export type TransactionMode = keyof typeof modes

export class PostgresConnection {
  private readonly client: pg.PoolClient
  private readonly schema: string
  private unfinished = 0

  /** @param schema the search path of its transactions; a name that needs no quotes */
  constructor(client: pg.PoolClient, schema: string) {
    this.client = client
    this.schema = schema
  }

  /** Gives the connection back, or closes it where something on it did not end well. */
  release(): void {
    this.client.release(this.unfinished > 0)
  }

  /** Runs one statement; gives the number of rows that it wrote or read. */
  execute(text: string, values: ReadonlyArray<unknown> = []): Effect.Effect<number, PostgresError> {
    return Effect.map(this.run(text, values), (result) => result.rowCount ?? 0)
  }

  /** Runs a text that must be one statement: the server refuses it with a second one in it, which `execute` would run too. */
  single(text: string): Effect.Effect<pg.QueryResult, PostgresError> {
    return this.withClient((client) => {
      const query: pg.QueryConfig & { readonly queryMode: "extended" } = { text, queryMode: "extended" }
      return client.query(query)
    })
  }

  /** Runs one statement and gives its rows, each decoded by `row`. */
  rows<A>(
    row: Schema.Codec<A, any>,
    text: string,
    values: ReadonlyArray<unknown> = [],
  ): Effect.Effect<ReadonlyArray<A>, PostgresError> {
    const decode = Schema.decodeUnknownEffect(Schema.Array(row))
    return Effect.flatMap(this.run(text, values), (result) =>
      Effect.mapError(
        decode(result.rows),
        // What Schema says would quote the row.
        () =>
          new PostgresError({
            code: null,
            reason: "the database gave a row of another shape than vodstation-etl writes",
            connectionLost: false,
          }),
      ),
    )
  }

  /** Runs `use` in a transaction, of which the server notices within a second when this program has ended or hung up. */
  transaction<A, E, R>(
    mode: TransactionMode,
    use: Effect.Effect<A, E, R>,
  ): Effect.Effect<A, E | PostgresError, R> {
    const begin = `BEGIN ${modes[mode]}; SET LOCAL search_path TO "${this.schema}"; ${sqlStatement("transactionSettings")}`
    return this.whole(
      this.execute(begin).pipe(
        Effect.andThen(use),
        // Whether an interrupted COMMIT came through cannot be known.
        Effect.tap(() => Effect.uninterruptible(this.execute("COMMIT"))),
      ),
    )
  }

  /** Runs `COPY … FROM STDIN` with the lines in `chunks`, which are asked for as fast as the server takes them. */
  copyIn(text: string, chunks: Iterable<Buffer>): Effect.Effect<number, PostgresError>
  copyIn(
    text: string,
    chunks: Iterable<Buffer> | AsyncIterable<Buffer>,
  ): Effect.Effect<number, PostgresError | SpillFailed>
  copyIn(
    text: string,
    chunks: Iterable<Buffer> | AsyncIterable<Buffer>,
  ): Effect.Effect<number, PostgresError | SpillFailed> {
    return this.whole(
      Effect.callback<number, PostgresError | SpillFailed>((resume) => {
        const copy = this.client.query(copyFrom(text))
        let stopped = false
        const fail = (cause: unknown) => {
          stopped = true
          resume(Effect.fail(cause instanceof SpillFailed ? cause : postgresError(cause)))
        }
        const pump = async () => {
          let turnEnds = performance.now() + longestTurnMs
          for await (const chunk of chunks) {
            if (stopped) return
            if (!copy.write(chunk)) await once(copy, "drain")
            // The kernel takes most pieces at once, so that all others who wait for the network would wait for the whole day.
            if (performance.now() < turnEnds) continue
            await setImmediate()
            turnEnds = performance.now() + longestTurnMs
          }
          copy.end()
        }
        copy.on("error", fail)
        copy.on("finish", () => resume(Effect.succeed(copy.rowCount)))
        pump().catch(fail)
        // The COPY itself ends with the connection.
        return Effect.sync(() => {
          stopped = true
        })
      }),
    )
  }

  /** Runs `COPY … TO STDOUT`, and hands what comes to `take` in large pieces, as fast as it takes them. Gives the number of rows. */
  copyOut<E, R>(
    text: string,
    take: (chunk: Buffer) => Effect.Effect<void, E, R>,
  ): Effect.Effect<number, PostgresError | E, R> {
    return this.whole(
      Effect.gen({ self: this }, function* () {
        const copy = this.client.query(copyTo(text, { highWaterMark: copyPiece }))
        const chunks: AsyncIterator<Buffer> = copy[Symbol.asyncIterator]()
        let ended = false
        while (!ended) {
          const piece: Array<Buffer> = []
          const next = yield* Effect.tryPromise({ try: () => gather(chunks, piece), catch: postgresError })
          ended = next
          if (piece.length > 0) yield* take(Buffer.concat(piece))
        }
        // Only with the answer to this is that to the COPY sure to have come, which tells the rows.
        yield* this.execute("SELECT")
        return copy.rowCount
      }),
    )
  }

  /** Runs what must end well for the connection to be used again, such as a transaction. */
  whole<A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> {
    return Effect.suspend(() => {
      this.unfinished++
      return Effect.tap(effect, () =>
        Effect.sync(() => {
          this.unfinished--
        }),
      )
    })
  }

  /** For node-pg-migrate, which wants the client itself. */
  withClient<A>(use: (client: pg.PoolClient) => Promise<A>): Effect.Effect<A, PostgresError> {
    return this.whole(Effect.tryPromise({ try: () => use(this.client), catch: postgresError }))
  }

  private run(text: string, values: ReadonlyArray<unknown>): Effect.Effect<pg.QueryResult, PostgresError> {
    return this.whole(
      Effect.callback<pg.QueryResult, PostgresError>((resume) => {
        this.client.query(text, [...values], (cause, result) => {
          resume(cause ? Effect.fail(postgresError(cause)) : Effect.succeed(result))
        })
      }),
    )
  }
}

const longestTurnMs = 5
