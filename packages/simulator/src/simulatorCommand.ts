/**
 * The simulator as a program of its own: its flags, and what it does until it is stopped.
 */
import { Console, Effect, Option, Schema } from "effect"
import { Command, Flag } from "effect/cli"
import { faultKinds, type FaultKind } from "./FaultKind.ts"
import { startSimulator } from "./Simulator.ts"
import type { SimulatorOptions } from "./SimulatorOptions.ts"

const instantOf = (text: string): number => (/^-?\d{9,}$/.test(text) ? Number(text) : Date.parse(text))

const instant = Schema.String.check(
  Schema.makeFilter((text) =>
    Number.isNaN(instantOf(text)) ? "must be ISO 8601 with an offset, or epoch milliseconds" : true,
  ),
)
const share = Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1 }))
const whole = Schema.Int.check(Schema.isGreaterThanOrEqualTo(0))

const wholeFlag = (name: string, description: string, metavar = "N") =>
  Flag.Int(name).pipe(
    Flag.withSchema(whole),
    Flag.withMetavar(metavar),
    Flag.withDescription(description),
    Flag.optional,
  )

const shareFlag = (name: string, description: string) =>
  Flag.Finite(name).pipe(
    Flag.withSchema(share),
    Flag.withMetavar("SHARE"),
    Flag.withDescription(description),
    Flag.optional,
  )

const choiceFlag = <const Choices extends ReadonlyArray<string>>(
  name: string,
  choices: Choices,
  description: string,
) => Flag.Literals(name, choices).pipe(Flag.withDescription(description), Flag.optional)

const switchFlag = (name: string, description: string) =>
  Flag.Boolean(name).pipe(Flag.withoutNegation, Flag.withDescription(description), Flag.withDefault(false))

const isFaultKind = (text: string): text is FaultKind => (faultKinds as ReadonlyArray<string>).includes(text)

const faultKindList = Schema.String.check(
  Schema.makeFilter((text) => {
    const unknown = text.split(",").filter((kind) => !isFaultKind(kind))
    return unknown.length === 0 ? true : `must be a list of ${faultKinds.join(", ")}`
  }),
)

const flags = {
  port: wholeFlag("port", "Port on 127.0.0.1 (default: a free one)", "PORT"),
  seed: wholeFlag("seed", "The same seed gives the same world (default 1)"),
  zone: Flag.String("zone").pipe(
    Flag.withMetavar("ZONE"),
    Flag.withDescription("Time zone of the days (default Asia/Seoul)"),
    Flag.optional,
  ),
  firstDay: Flag.String("first-day").pipe(
    Flag.withMetavar("DATE"),
    Flag.withDescription("First day of the world, YYYY-MM-DD (default: so that the last day is today)"),
    Flag.optional,
  ),
  days: wholeFlag("days", "Days in the world (default 8)"),
  rowsPerDay: wholeFlag("rows-per-day", "Encodings of each day (default 1000)"),
  now: Flag.String("now").pipe(
    Flag.withSchema(instant),
    Flag.withMetavar("INSTANT"),
    Flag.withDescription("The gateway's clock, ISO 8601 or epoch milliseconds (default: the real time)"),
    Flag.optional,
  ),
  clock: choiceFlag(
    "clock",
    ["fixed", "ticking"],
    "Whether the clock stands at --now or goes on (default fixed)",
  ),
  generation: choiceFlag(
    "generation",
    ["old", "current", "mixed"],
    "Field types of the current documentation, the old one, or both (default current)",
  ),
  looseness: shareFlag(
    "looseness",
    "Share of rows that are odd in some documented or unreadable way (default 0)",
  ),
  faults: shareFlag("faults", "Share of requests that end in a fault (default 0)"),
  faultKinds: Flag.String("fault-kinds").pipe(
    Flag.withSchema(faultKindList),
    Flag.withMetavar("A,B"),
    Flag.withDescription(
      `Which faults: ${faultKinds.join(", ")} (default: all but quota, unauthorized and the stalls)`,
    ),
    Flag.optional,
  ),
  drift: shareFlag("drift", "Share of rows that change position between two requests (default 0)"),
  order: choiceFlag(
    "order",
    ["requestTimeDesc", "requestTimeAsc", "lastWorkTimeDesc", "reshuffled"],
    "Order of the list (default requestTimeDesc)",
  ),
  pageCap: wholeFlag("page-cap", "Largest page served, whatever is asked for (default: none)"),
  pastTheEnd: choiceFlag(
    "past-the-end",
    ["empty", "repeatLast", "error"],
    "What a page past the end is (default empty)",
  ),
  fromExclusive: switchFlag("from-exclusive", "The window's start does not belong to it"),
  toExclusive: switchFlag("to-exclusive", "The window's end does not belong to it"),
  boundUnit: choiceFlag(
    "bound-unit",
    ["ms", "s", "min"],
    "How finely window times are compared (default ms)",
  ),
  swapped: switchFlag("swapped", "workStartTimeTo carries the start, as in the old example"),
  retentionDays: wholeFlag("retention-days", "Rows older than this have vanished (default: none)"),
  latency: wholeFlag("latency", "Least time an answer takes (default 0)", "MS"),
  rate: wholeFlag("rate", "Requests per second beyond which 429/410 is answered (default: none)"),
  refuseCredentials: switchFlag("refuse-credentials", "Answer 401 to everyone"),
  stopWithStdin: switchFlag(
    "stop-with-stdin",
    "Stop when standard input closes, as it does when the parent dies",
  ),
}

const stdinClosed = Effect.callback<void>((resume) => {
  const done = (): void => resume(Effect.void)
  process.stdin.once("end", done).once("close", done).once("error", done).resume()
  return Effect.sync(() => process.stdin.destroy())
})

/** `simulator`: starts one, prints where it is and how to sign as one line of JSON, and serves until it is stopped. */
export const simulatorCommand = Command.make(
  "simulator",
  flags,
  Effect.fnUntraced(function* (given) {
    const values = {
      port: given.port,
      seed: given.seed,
      zone: given.zone,
      firstDay: given.firstDay,
      days: given.days,
      rowsPerDay: given.rowsPerDay,
      now: Option.map(given.now, instantOf),
      clock: given.clock,
      generation: given.generation,
      looseness: given.looseness,
      faults: given.faults,
      faultKinds: Option.map(given.faultKinds, (list) =>
        Object.fromEntries(list.split(",").map((kind) => [kind, 1])),
      ),
      drift: given.drift,
      order: given.order,
      pageCap: given.pageCap,
      pastTheEnd: given.pastTheEnd,
      boundUnit: given.boundUnit,
      retentionDays: given.retentionDays,
      latencyMs: given.latency,
      requestsPerSecond: given.rate,
    }
    const options: Partial<SimulatorOptions> = {
      fromInclusive: !given.fromExclusive,
      toInclusive: !given.toExclusive,
      swapped: given.swapped,
      refuseCredentials: given.refuseCredentials,
      ...Object.fromEntries(
        Object.entries(values).flatMap(([name, value]) =>
          Option.isSome<unknown>(value) ? [[name, value.value]] : [],
        ),
      ),
    }
    const { baseUrl, accessKey, secretKey } = yield* startSimulator(options)
    yield* Console.log(JSON.stringify({ baseUrl, accessKey, secretKey }))
    yield* given.stopWithStdin ? stdinClosed : Effect.never
  }, Effect.scoped),
).pipe(
  Command.withDescription(
    "A stand-in for the VOD Station API on loopback. Prints one line of JSON with baseUrl, accessKey and secretKey, then serves until it is stopped.",
  ),
  Command.withExamples([
    {
      command:
        "pnpm simulator --first-day 2025-09-01 --days 31 --rows-per-day 10000 --now 2025-10-02T09:00:00+09:00",
      description: "A finished month that is the same each time",
    },
    {
      command:
        "pnpm simulator --clock ticking --generation mixed --looseness 0.05 --faults 0.02 --drift 0.01 --page-cap 200",
      description: "A week up to now, behind a gateway in a bad mood",
    },
  ]),
)
