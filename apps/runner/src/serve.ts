/** `serve`: the report of an archive, live, with pages of its days and encodings, until it is stopped. */
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import { ArchiveQuery } from "@vodstation-etl/load/ArchiveQuery"
import type { Language } from "@vodstation-etl/report/texts/ReportTexts"
import { archiveReaders } from "./archiveReaders.ts"
import { boundsOf } from "./boundsOf.ts"
import { csvFolderOf, type ReadArchiveFlags } from "./csvFolderOf.ts"
import { InvalidFlag } from "./InvalidFlag.ts"
import { observed } from "./observed.ts"
import { allowedHostOf, isLoopback } from "./serve/allowedHost.ts"
import { answerRequest } from "./serve/answerRequest.ts"
import { listen } from "./serve/listen.ts"
import { makeRoutes } from "./serve/makeRoutes.ts"
import { readSettings } from "./Settings.ts"
import { timeoutOf } from "./timeoutOf.ts"

export interface ServeFlags extends ReadArchiveFlags {
  readonly port: number
  readonly host: string
  readonly allowHost: ReadonlyArray<string>
  readonly from: string | undefined
  readonly to: string | undefined
  readonly lang: Language
  readonly timeout: string
}

export const serve = Effect.fnUntraced(function* (flags: ServeFlags) {
  const settings = yield* readSettings()
  const { csvFolder, alsoAllowed, timeout } = yield* checkFlags(flags)
  return yield* Effect.gen(function* () {
    const archive = yield* ArchiveQuery
    yield* boundsOf(flags, archive.timeZone)
    // Tells at once where there is none.
    yield* archive.select("SELECT work_date FROM extraction_day LIMIT 1")
    const route = yield* makeRoutes({ ...flags, timeout })
    const server = yield* listen(flags.host, flags.port)
    yield* server.serve(answerRequest({ ...server, alsoAllowed }, route))
    if (!isLoopback(server.address))
      yield* Effect.logWarning(
        `Whoever can reach ${server.url} can read the archive, since there is no login; for this machine alone, leave out --host.`,
      )
    yield* Console.log(server.url)
    yield* Effect.logInfo(
      `The archive in ${archive.place}, to be read in a browser at the URL above; Ctrl-C ends this.`,
    )
    return yield* Effect.never
  }).pipe(Effect.scoped, Effect.provide(archiveReaders(csvFolder, settings, timeout)))
}, observed("serve"))

const checkFlags = Effect.fnUntraced(function* (flags: ServeFlags) {
  const csvFolder = yield* csvFolderOf(flags, false)
  const alsoAllowed = yield* Effect.forEach(flags.allowHost, (name) => {
    const host = allowedHostOf(name)
    return host === undefined
      ? Effect.fail(
          new InvalidFlag({
            flag: `--allow-host ${name}`,
            reason: "not understood. Give a name as in reports.example.com, or with a port, and no https://",
          }),
        )
      : Effect.succeed(host)
  })
  return { csvFolder, alsoAllowed, timeout: yield* timeoutOf(flags.timeout) }
})
