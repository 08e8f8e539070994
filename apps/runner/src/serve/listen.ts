/** The HTTP server itself: bound to an address, closed with its scope. */
import { createServer, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import * as NodeHttpServer from "@effect/platform-node/NodeHttpServer"
import * as Effect from "effect/Effect"
import type { HttpServerResponse } from "effect/http/HttpServerResponse"
import { errorCode } from "@vodstation-etl/load/errorCode"
import { InvalidFlag } from "../InvalidFlag.ts"
import { reasonOf } from "../OutputFailed.ts"

/** @param port 0 lets the system choose one */
export const listen = Effect.fn("listen")(function* (host: string, port: number) {
  const server = createServer()
  const http = yield* NodeHttpServer.make(() => server, {
    host,
    port,
    gracefulShutdownTimeout: "1 second",
  }).pipe(Effect.catchTag("ServeError", ({ cause }) => Effect.fail(cannotListen(host, port, cause))))
  const { address, port: bound } = boundTo(server)
  return {
    address,
    port: bound,
    url: `http://${address.includes(":") ? `[${address}]` : address}:${bound}/`,
    /** Answers requests until the scope closes, which cuts off what is under way. */
    serve: <R>(answer: Effect.Effect<HttpServerResponse, never, R>) =>
      Effect.andThen(
        http.serve(answer),
        Effect.addFinalizer(() => Effect.sync(() => server.closeAllConnections())),
      ),
  }
})

const boundTo = (server: Server): AddressInfo => {
  const bound = server.address()
  if (bound === null || typeof bound === "string") throw new Error("a server on a port has an address")
  return bound
}

const cannotListen = (host: string, port: number, cause: unknown): InvalidFlag => {
  switch (errorCode(cause)) {
    case "EADDRINUSE":
      return new InvalidFlag({
        flag: `--port ${port}`,
        reason: `another program listens there already, on ${host}; choose another port, or 0 for any that is free`,
      })
    case "EACCES":
      return new InvalidFlag({
        flag: `--port ${port}`,
        reason: "this user may not listen there; choose one from 1024",
      })
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return new InvalidFlag({
        flag: `--host ${host}`,
        reason: "this machine has no such address; 127.0.0.1 is for itself, 0.0.0.0 for all that it has",
      })
    default:
      return new InvalidFlag({ flag: `--host ${host} --port ${port}`, reason: reasonOf(cause) })
  }
}
