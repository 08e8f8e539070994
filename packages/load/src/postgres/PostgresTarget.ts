/**
 * Which database: what the user gave as `DATABASE_URL`, or the fields of `pg` (an empty object: the `PG*` variables), and
 * the name that it goes by in messages, `host:port/database`, which never holds the password.
 */
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import pg from "pg"
import { ArchiveUnusable } from "../ArchiveError.ts"

export type PostgresTarget = Redacted.Redacted | pg.ClientConfig

export interface ResolvedTarget {
  readonly config: pg.ClientConfig
  /** `host:port/database`. */
  readonly place: string
}

/**
 * A stray `@`, `#` or `/` of a password that is not percent-encoded would end up in the host or the database's name, and
 * so in messages: such a URL is refused before anything is made of it.
 */
const urlPattern = /^postgres(ql)?:\/\/[^/?#]*(\/[^?#@]*)?(\?[^#@]*)?$/
const socketPattern = /^(socket:|\/)[^@]*$/

export const resolveTarget = (target: PostgresTarget): Result.Result<ResolvedTarget, ArchiveUnusable> => {
  if (!Redacted.isRedacted(target)) return resolveConfig(target)
  const url = Redacted.value(target).trim()
  return urlPattern.test(url) || socketPattern.test(url)
    ? resolveConfig({ connectionString: url })
    : Result.fail(malformedUrl())
}

const resolveConfig = (config: pg.ClientConfig): Result.Result<ResolvedTarget, ArchiveUnusable> => {
  try {
    // Connects to nothing yet; it tells what pg makes of the URL and the PG* variables.
    const { host, port, database } = new pg.Client(config)
    return Result.succeed({ config, place: `${host}:${port}/${database ?? ""}` })
  } catch (cause) {
    // A certificate's file that cannot be read is named; what the URL's parser says is not repeated.
    return Result.fail(
      cause instanceof Error && "syscall" in cause
        ? new ArchiveUnusable({
            archive: "DATABASE_URL",
            reason: cause.message,
            cure: "Correct the file's path in it.",
          })
        : malformedUrl(),
    )
  }
}

const malformedUrl = () =>
  new ArchiveUnusable({
    archive: "DATABASE_URL",
    reason: "it is no Postgres URL",
    cure: "It looks like postgresql://USER:PASSWORD@HOST:5432/DATABASE, where @ : / ? # of a password are written %40 %3A %2F %3F %23.",
  })
