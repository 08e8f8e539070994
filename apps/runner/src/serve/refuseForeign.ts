/** Refuses, before anything else is looked at, who may not ask: by a foreign name, otherwise than to read, from another site. */
import * as Effect from "effect/Effect"
import type { HttpServerRequest } from "effect/http/HttpServerRequest"
import type { BoundServer } from "./allowedHost.ts"
import { isAllowedHost } from "./allowedHost.ts"
import { quoted, RequestRefused } from "./RequestRefused.ts"

export const refuseForeign = Effect.fnUntraced(function* (
  { method, headers }: Pick<HttpServerRequest, "method" | "headers">,
  server: BoundServer,
) {
  const host = headers["host"]
  if (!isAllowedHost(host, server))
    return yield* new RequestRefused({
      status: 421,
      line: `This server is not called ${host === undefined || host === "" ? "without a name" : quoted(host)}: open it by its address, or start it with --allow-host and the name.`,
    })
  if (method !== "GET" && method !== "HEAD")
    return yield* new RequestRefused({
      status: 405,
      line: `${quoted(method)} is not answered: there is nothing to change here, only GET and HEAD.`,
    })
  if (isFromAnotherSite(headers))
    return yield* new RequestRefused({
      status: 403,
      line: "A page of another site asked for this: open it by itself, or by a link.",
    })
})

/** As browsers tell (Fetch Metadata); who follows a link, or types the address, opens a page of their own. */
const isFromAnotherSite = (headers: HttpServerRequest["headers"]): boolean => {
  const site = headers["sec-fetch-site"]
  if (site !== "cross-site" && site !== "same-site") return false
  return headers["sec-fetch-mode"] !== "navigate" || headers["sec-fetch-dest"] !== "document"
}
