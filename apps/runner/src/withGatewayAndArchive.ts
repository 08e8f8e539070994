/**
 * What every command stands on that holds an archive against the gateway. The credentials are looked for first, so that
 * whoever has none is told so before a server is started or a folder looked into.
 */
import * as Effect from "effect/Effect"
import type { BaseUrl } from "@vodstation-etl/extract/baseUrl"
import { hostname } from "@vodstation-etl/extract/baseUrl"
import { Credentials } from "@vodstation-etl/extract/Credentials"
import type { ArchiveChoice } from "./archiveLayer.ts"
import { archiveLayer } from "./archiveLayer.ts"
import type { ReadingChoice } from "./gatewayLayer.ts"
import { askingLayer } from "./gatewayLayer.ts"
import { recallFacts } from "./gatewayFacts.ts"
import type { Settings } from "./Settings.ts"

/** What the user chose of both, and whether more is told than what is wrong. */
export interface BothChoice extends ArchiveChoice, ReadingChoice {
  readonly quiet: boolean
}

/** Fails with `ArchiveUnusable` where the archive is filled from another host. */
export const withGatewayAndArchive = <A, E, R>(
  choice: BothChoice,
  settings: Settings,
  url: BaseUrl,
  access: "read" | "write",
  body: Effect.Effect<A, E, R>,
) =>
  Effect.flatMap(Credentials, (credentials) => credentials.load).pipe(
    Effect.andThen(
      Effect.provide(
        Effect.andThen(recallFacts, body),
        archiveLayer(choice, settings, { access, host: hostname(url) }),
      ),
    ),
    Effect.provide(askingLayer(choice, url)),
  )
