/** A port of the loopback for the server to listen on. */
import * as net from "node:net"

import * as Effect from "effect/Effect"

const listen = (wanted: number): Effect.Effect<number, Error> =>
  Effect.callback((resume) => {
    const probe = net.createServer()
    probe.once("error", (error) => resume(Effect.fail(error)))
    probe.listen({ host: "127.0.0.1", port: wanted, exclusive: true }, () => {
      const address = probe.address()
      const port = typeof address === "object" && address !== null ? address.port : wanted
      probe.close(() => resume(Effect.succeed(port)))
    })
    return Effect.sync(() => void probe.close())
  })

/** `wanted` if it is free, else a port that the system chooses. */
export const choosePort = (wanted: number | undefined): Effect.Effect<number, Error> =>
  wanted === undefined ? listen(0) : Effect.catch(listen(wanted), () => listen(0))
