/**
 * A stand-in for the API gateway in front of VOD Station, with real HTTP on loopback. It is written from the API facts
 * and from nothing else, so that it cannot share a mistake with the reader that is tested against it.
 */
import { createServer, type Server } from "node:http"
import { Effect, Schema, type Scope } from "effect"
import { CredentialCheck } from "./CredentialCheck.ts"
import { Gateway } from "./Gateway.ts"
import type { KeyPair } from "./KeyPair.ts"
import { SimulatorClock } from "./SimulatorClock.ts"
import type { BehaviourOptions, SimulatorOptions } from "./SimulatorOptions.ts"
import { resolveOptions } from "./resolveOptions.ts"
import type { SimulatorStats } from "./SimulatorStats.ts"
import { World } from "./World.ts"

/** The simulator cannot start: an option makes no sense, or the port cannot be had. */
export class SimulatorError extends Schema.TaggedError<SimulatorError>()("SimulatorError", {
  reason: Schema.Literals(["InvalidOptions", "CannotListen"]),
  message: Schema.String,
}) {}

/** A simulator that is listening. */
export interface RunningSimulator {
  /** `http://127.0.0.1:PORT`, without a slash at its end. */
  readonly baseUrl: string
  /** The first of the accepted key pairs. */
  readonly accessKey: string
  readonly secretKey: string
  readonly world: World
  readonly stats: () => SimulatorStats
  /** Sets the gateway's clock, ms since the epoch. */
  readonly setNow: (ms: number) => void
  /** Changes how the gateway behaves from the next request on. */
  readonly setOptions: (behaviour: Partial<BehaviourOptions>) => void
  /** Accepts another key pair, or the same access key on other terms, from the next request on. */
  readonly addKey: (key: KeyPair) => void
  readonly removeKey: (accessKey: string) => void
}

/**
 * Starts a simulator; closing the scope closes the server and all its connections at once. Any number can run side by
 * side. Fails where an option makes no sense or the port is taken.
 */
export const startSimulator = Effect.fnUntraced(function* (
  options: Partial<SimulatorOptions> = {},
): Effect.fn.Return<RunningSimulator, SimulatorError, Scope.Scope> {
  const {
    plan,
    port,
    credentials,
    now,
    clock: mode,
    behaviour: initial,
  } = yield* Effect.try({
    try: () => resolveOptions(options),
    catch: invalidOptions,
  })
  let behaviour: BehaviourOptions = initial
  const clock = new SimulatorClock(now, mode)
  const world = yield* Effect.try({
    try: () =>
      new World(
        plan,
        () => behaviour,
        () => clock.now(),
      ),
    catch: invalidOptions,
  })
  const check = new CredentialCheck(credentials)
  const gateway = new Gateway(world, clock, check, () => behaviour)
  const server = yield* Effect.acquireRelease(listen(gateway, port), (server) => close(server, gateway))
  const address = server.address()
  const bound = typeof address === "object" && address !== null ? address.port : port
  return {
    baseUrl: `http://127.0.0.1:${bound}`,
    accessKey: credentials[0]!.accessKey,
    secretKey: credentials[0]!.secretKey,
    world,
    stats: () => gateway.stats.snapshot(),
    setNow: (ms) => clock.set(ms),
    setOptions: (changes) => {
      behaviour = { ...behaviour, ...changes }
    },
    addKey: (key) => check.add(key),
    removeKey: (accessKey) => check.remove(accessKey),
  }
})

const invalidOptions = (cause: unknown): SimulatorError =>
  new SimulatorError({
    reason: "InvalidOptions",
    message: cause instanceof Error ? cause.message : String(cause),
  })

const listen = (gateway: Gateway, port: number): Effect.Effect<Server, SimulatorError> =>
  Effect.callback((resume) => {
    const server = createServer((message, response) => gateway.handle(message, response))
    // Connections are kept for as long as clients like: one closed in between looks like a fault that was not asked for.
    server.keepAliveTimeout = 0
    server.requestTimeout = 0
    server.headersTimeout = 0
    server.once("error", (error) =>
      resume(Effect.fail(new SimulatorError({ reason: "CannotListen", message: error.message }))),
    )
    server.listen(port, "127.0.0.1", () => resume(Effect.succeed(server)))
  })

const close = (server: Server, gateway: Gateway): Effect.Effect<void> =>
  Effect.callback((resume) => {
    gateway.close()
    server.close(() => resume(Effect.void))
    server.closeAllConnections()
  })
