/**
 * Which database: what the user gave as `DATABASE_URL`, or what the `PG*` variables say, and the name that it goes by in
 * messages, `host:port/database`, which never holds the password.
 */
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import pg from "pg"
import { ArchiveUnusable } from "../ArchiveError.ts"
import { type TlsUrls, tlsUrls } from "./libpqTls.ts"
import { type PostgresVariables, urlWithVariables } from "./urlWithVariables.ts"

export type PostgresTarget = Redacted.Redacted | "environment"

export interface ResolvedTarget {
  readonly config: pg.ClientConfig
  /** For a server that offers no TLS, where it is to be used only if there is any; else undefined. */
  readonly plainConfig: pg.ClientConfig | undefined
  /** `host:port/database`. */
  readonly place: string
}

/**
 * A stray `@`, `#` or `/` of a password that is not percent-encoded would end up in the host or the database's name, and
 * so in messages: such a URL is refused before anything is made of it.
 */
const urlPattern = /^postgres(ql)?:\/\/[^/?#]*(\/[^?#@]*)?(\?[^#@]*)?$/
const socketPattern = /^(socket:|\/)[^@]*$/

/** @param variables PG* variables that stand somewhere else than in the environment, which comes before them */
export const resolveTarget = (
  target: PostgresTarget,
  environment: Readonly<Record<string, string | undefined>> = process.env,
  variables: PostgresVariables = {},
): Result.Result<ResolvedTarget, ArchiveUnusable> => {
  // Where an URL says nothing, pg goes by the variables.
  const url = target === "environment" ? "postgres:///" : Redacted.value(target).trim()
  if (socketPattern.test(url)) return resolveUrls({ url, plainUrl: url, optional: false })
  return urlPattern.test(url)
    ? Result.flatMap(
        tlsUrls(urlWithVariables(url, environment, variables), { ...variables, ...environment }),
        resolveUrls,
      )
    : Result.fail(malformedUrl())
}

const resolveUrls = ({
  url,
  plainUrl,
  optional,
}: TlsUrls): Result.Result<ResolvedTarget, ArchiveUnusable> => {
  try {
    // Connects to nothing yet; it tells what pg makes of the URL and the PG* variables.
    const { host, port, database } = new pg.Client({ connectionString: url })
    const plainConfig = { connectionString: plainUrl }
    // No TLS on a socket, whatever is asked for.
    const config = host.startsWith("/") ? plainConfig : { connectionString: url }
    return Result.succeed({
      config,
      plainConfig: optional ? plainConfig : undefined,
      place: `${host}:${port}/${database ?? ""}`,
    })
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
