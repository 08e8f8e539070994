/**
 * Everything that a simulator can be told, in two parts: the world is fixed at the start, the behaviour of the
 * gateway can be changed while it runs. Where the documentation is silent (API facts 8), there is an option.
 */
import type { ErrorShape } from "./errorBody.ts"
import type { FaultKind } from "./FaultKind.ts"
import type { LooseKind } from "./LooseKind.ts"
import type { SeenRequest } from "./SeenRequest.ts"
import type { KeyPair } from "./KeyPair.ts"

/** Hundreds of jobs in one millisecond, as a bulk upload makes them, on top of the day's rows. */
export interface BulkUpload {
  /** The day, counted from 0. */
  readonly day: number
  /** Milliseconds after the day's start. */
  readonly atMs: number
  readonly rows: number
  /** Whether `filePath` is blank while WAITING only (the default), or for ever. */
  readonly blank?: "waiting" | "always"
}

/** What there is to be read. */
export interface WorldOptions {
  /** The same seed gives the same world. Default 1. */
  readonly seed: number
  /** Whose calendar days the world's days are. Default Asia/Seoul. */
  readonly zone: string
  /** The first day, YYYY-MM-DD. Default: so that the last day is the day of `now`. */
  readonly firstDay: string
  /** Default 8. */
  readonly days: number
  /** Rows of each day, or of the day counted from 0. Bulk uploads come on top. Default 1,000. */
  readonly rowsPerDay: number | ((day: number) => number)
  /** Which business the rows are about. Default videoBusiness. */
  readonly preset: "videoBusiness"
  /** The day (from 0) on which encoders were slow and a backlog of hours built up; null: none. Default: the middle day. */
  readonly slowDay: number | null
  /** Multiplies the failure rate of every format. Default 1. */
  readonly failureScale: number
  /** Share of rows that stay RUNNING or WAITING for ever. Default 0.0005. */
  readonly stuckShare: number
  /** Share of rows that are CANCELED. Default 0.004. */
  readonly canceledShare: number
  /** Share of files that were encoded before on the same day: the same identity twice. Default 0.002. */
  readonly twinShare: number
  /** Share of files with a categoryId and sizes beyond 2^53. Default a tenth of `looseness`. */
  readonly hugeShare: number
  readonly bulkUploads: ReadonlyArray<BulkUpload>
}

/** How the gateway answers. */
export interface BehaviourOptions {
  /** The types of fields: the current documentation's, the old one's, or both (API facts 1.4). Default current. */
  readonly generation: "old" | "current" | "mixed"
  /** What `mixed` mixes: whole rows, or each field by itself. Default field. */
  readonly mixing: "row" | "field"
  /** Share of rows with oddities of `looseKinds`. Default 0. */
  readonly looseness: number
  /** Default: all. */
  readonly looseKinds: ReadonlyArray<LooseKind>
  /** Whether `total` is a number or a string; auto follows the generation. Default auto. */
  readonly totalAs: "auto" | "number" | "string"
  /** `total` never says more than this. Default none. */
  readonly totalSaturatesAt: number | null
  /** What the statistics' content is: an object as in the example, or an array as in the table (API facts 2.2). */
  readonly statisticShape: "object" | "array"
  /** Content-Type of JSON answers. Default application/json;charset=utf-8 */
  readonly contentType: string

  /** Largest page served. Default none. */
  readonly pageCap: number | null
  /** Whether a larger page size than `pageCap` is cut silently, or refused with 260002. Default clamp. */
  readonly abovePageCap: "clamp" | "refuse"
  /** What happens to page sizes below the documented 10. Default clamp (to 10). */
  readonly belowMinimum: "clamp" | "refuse" | "serve"
  /** What a page past the end holds; `uncounted` is empty and says that the total is 0. Default empty. */
  readonly pastTheEnd: "empty" | "uncounted" | "repeatLast" | "error"
  /** Whether every page is the first one. Default false. */
  readonly pageNoIgnored: boolean
  /** No window shows more rows than this, and none is told of. Default none. */
  readonly mostRows: number | null
  /** HTTP status of service errors (26xxxx), which is undocumented. Default 400. */
  readonly serviceErrorStatus: number

  /** Whether a row requested exactly at the window's start belongs to it. Default true. */
  readonly fromInclusive: boolean
  /** Whether a row requested exactly at the window's end belongs to it. Default true. */
  readonly toInclusive: boolean
  /** How finely window times are compared. Default ms. */
  readonly boundUnit: "ms" | "s" | "min"
  /** Whether the window's bounds alone are cut to `boundUnit`, or the rows' times as well. Default bounds. */
  readonly boundCut: "bounds" | "both"
  /** Whether workStartTimeTo carries the start, as in the old example (API facts C1). Default false. */
  readonly swapped: boolean
  /** Whether the window is ignored. Default false. */
  readonly windowIgnored: boolean
  /** Longer windows are refused with 260027. Default none. */
  readonly longestWindowMs: number | null
  /** What a window that ends before it starts holds. Default empty. */
  readonly reversedWindow: "empty" | "all" | "swap" | "error"

  /** Order of the list: newest request first, oldest first, newest work first, or another one each time. */
  readonly order: "requestTimeDesc" | "requestTimeAsc" | "lastWorkTimeDesc" | "reshuffled"
  /** Share of the rows that change their position between any two requests. Default 0. */
  readonly drift: number
  /** Rows requested longer ago than this many days have vanished. Default none. */
  readonly retentionDays: number | null
  /** Rows appear in the list so many ms after their request. Default 0. */
  readonly appearsAfterMs: number
  /** A `staleShare` of the answers tell the state of so many ms ago. Default 0. */
  readonly staleMs: number
  /** Default 1. */
  readonly staleShare: number
  /** `total` is that of so many ms before the rows: an answer is then not one moment. Default 0. */
  readonly totalStaleMs: number

  /** Whether a signature that was accepted before is refused. Default true. */
  readonly refuseReplays: boolean
  /** Refuses everyone: with 401/200, or with 401/210 as a host without a subscription does. Default false. */
  readonly refuseCredentials: boolean | "unsubscribed"
  /** Largest difference between timestamp and clock. Default 300,000 ms. */
  readonly timestampWindowMs: number

  /** Share of requests that end in a fault of `faultKinds`. Default 0. */
  readonly faults: number
  /** Weights of the kinds of faults. Default: all alike, but none that takes a client's timeout to notice, and no quota. */
  readonly faultKinds: Partial<Record<FaultKind, number>>
  /** The shapes of error bodies that faults use. Default: all (API facts 3.3). */
  readonly errorShapes: ReadonlyArray<ErrorShape>
  /** Decides the fault of a request before chance does; undefined leaves it to chance, null forbids one. */
  readonly faultPlan: ((request: SeenRequest) => FaultKind | null | undefined) | null
  /** Called for every request before it is answered, so that a test can change the world between two pages. */
  readonly onRequest: ((request: SeenRequest) => void) | null
  /** Answers 429/400 to every request after so many. Default never. */
  readonly quotaAfterRequests: number | null
  /** Answers 429/410 to what comes faster than this (real time, bursts of one second). Default none. */
  readonly requestsPerSecond: number | null
  /** Answers 429/420 when more requests than this are under way. Default none. */
  readonly concurrentRequests: number | null
  /** Retry-After of throttled answers in seconds; null leaves the header out, as documented (API facts 3.4). */
  readonly retryAfterSeconds: number | null
  /** Every answer takes at least this long. Default 0. */
  readonly latencyMs: number
  /** What the fault `slow` adds. Default 1,000. */
  readonly slowMs: number
}

/** All options of `startSimulator`. */
export interface SimulatorOptions extends WorldOptions, BehaviourOptions {
  /** Port on 127.0.0.1. Default 0: a free one. */
  readonly port: number
  /** Key pairs that are accepted; the first one is the one that `RunningSimulator` names. */
  readonly credentials: ReadonlyArray<KeyPair>
  /** The gateway's clock, ms since the epoch. Default: the real time. */
  readonly now: number | null
  /** Whether the clock stands at `now` until it is set, or goes on from there. Default fixed. */
  readonly clock: "fixed" | "ticking"
}

/** The behaviour of a gateway about which the current documentation tells the whole truth. */
export const defaultBehaviour: BehaviourOptions = {
  generation: "current",
  mixing: "field",
  looseness: 0,
  looseKinds: [],
  totalAs: "auto",
  totalSaturatesAt: null,
  statisticShape: "object",
  contentType: "application/json;charset=utf-8",
  pageCap: null,
  abovePageCap: "clamp",
  belowMinimum: "clamp",
  pastTheEnd: "empty",
  pageNoIgnored: false,
  mostRows: null,
  serviceErrorStatus: 400,
  fromInclusive: true,
  toInclusive: true,
  boundUnit: "ms",
  boundCut: "bounds",
  swapped: false,
  windowIgnored: false,
  longestWindowMs: null,
  reversedWindow: "empty",
  order: "requestTimeDesc",
  drift: 0,
  retentionDays: null,
  appearsAfterMs: 0,
  staleMs: 0,
  staleShare: 1,
  totalStaleMs: 0,
  refuseReplays: true,
  refuseCredentials: false,
  timestampWindowMs: 300_000,
  faults: 0,
  faultKinds: {},
  errorShapes: [],
  faultPlan: null,
  onRequest: null,
  quotaAfterRequests: null,
  requestsPerSecond: null,
  concurrentRequests: null,
  retryAfterSeconds: null,
  latencyMs: 0,
  slowMs: 1_000,
}

/** The key pair that a simulator accepts unless told otherwise. */
export const defaultKeyPair: KeyPair = {
  accessKey: "SIMULATORACCESSKEY01",
  secretKey: "SimulatorSecretKey0000000000000000000001",
}
