/** For tests: looks from a session of its own at what a program does in its database, to step in at the moment that is wanted. */
import pg from "pg"

/**
 * What a session of the program is at: `staging` and `copy` are the COPY of a day's rows to a temporary table and straight
 * into the archive; `merge` is whatever else it does within the transaction of a day.
 */
export const sessionPhases = ["staging", "copy", "merge", "commit"] as const
export type SessionPhase = (typeof sessionPhases)[number]

export interface ProgramSession {
  readonly pid: number
  readonly phase: SessionPhase
}

export interface ProgramSessions {
  /** Those that are in the middle of a day's rows. */
  readonly busy: () => Promise<ReadonlyArray<ProgramSession>>
  /** How many wait for a lock. */
  readonly waiting: () => Promise<number>
  /** Has the server hang up on a session of the program, as a network or an administrator would. */
  readonly terminate: (pid: number) => Promise<void>
  readonly close: () => Promise<void>
}

const phaseOf = (query: string): SessionPhase => {
  if (query.startsWith("COMMIT")) return "commit"
  if (/^COPY pg_temp\.staged/m.test(query)) return "staging"
  if (/^COPY encoding \(/m.test(query)) return "copy"
  return "merge"
}

// Whoever merges a day holds its advisory lock; what runs beside that is over at once, or reads only.
const busy = `
  SELECT pid, query FROM pg_stat_activity AS session
  WHERE application_name = 'vodstation-etl' AND datname = current_database() AND state <> 'idle'
    AND (
      query LIKE 'COPY pg_temp.staged%'
      OR EXISTS (SELECT FROM pg_locks AS lock WHERE lock.pid = session.pid AND locktype = 'advisory' AND granted)
    )`

const waiting = `
  SELECT count(*)::int AS sessions FROM pg_stat_activity
  WHERE application_name = 'vodstation-etl' AND datname = current_database() AND wait_event_type = 'Lock'`

export const watchProgramSessions = async (url: string): Promise<ProgramSessions> => {
  const client = new pg.Client({ connectionString: url, application_name: "watching" })
  client.on("error", () => {})
  await client.connect()
  return {
    waiting: async () => {
      const { rows } = await client.query<{ sessions: number }>({ name: "waiting", text: waiting })
      return rows[0]!.sessions
    },
    busy: async () => {
      const { rows } = await client.query<{ pid: number; query: string }>({ name: "busy", text: busy })
      return rows.map(({ pid, query }) => ({ pid, phase: phaseOf(query) }))
    },
    terminate: async (pid) => {
      await client.query("SELECT pg_terminate_backend($1)", [pid])
    },
    close: () => client.end(),
  }
}

/** Lets nobody touch a table, until the result is called. */
export const lockTable = async (url: string, table: string): Promise<() => Promise<void>> => {
  const client = new pg.Client({ connectionString: url, application_name: "locking" })
  await client.connect()
  await client.query(`BEGIN; LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`)
  return () => client.end()
}
