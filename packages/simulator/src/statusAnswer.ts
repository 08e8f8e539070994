/**
 * `GET /api/v2/status`: a page of the list of encodings (API facts 1).
 */
import { ByteWriter } from "./ByteWriter.ts"
import type { GatewayError } from "./errorBody.ts"
import { rowBytes } from "./rowBytes.ts"
import type { SeenRequest } from "./SeenRequest.ts"
import { shareOf } from "./seededHash.ts"
import type { BehaviourOptions } from "./SimulatorOptions.ts"
import { countOf, listRows, visibleParts } from "./visibleRows.ts"
import { windowRange } from "./windowRange.ts"
import type { World } from "./World.ts"

/** JSON with HTTP 200 and the number of rows in it, or an error. */
export type Answer = { readonly body: Buffer; readonly rows: number } | GatewayError

const DEFAULT_PAGE_SIZE = 20
const MINIMUM_PAGE_SIZE = 10
const EXPECTED_ROW_BYTES = 450

const inputError = { errorCode: "260002", message: "input value error" }

/** The page size that is served for the one asked for, or null where it is refused. */
const servedSize = (asked: number, options: BehaviourOptions): number | null => {
  if (asked < MINIMUM_PAGE_SIZE) {
    if (options.belowMinimum === "refuse" || asked < 1) return null
    return options.belowMinimum === "serve" ? asked : MINIMUM_PAGE_SIZE
  }
  if (options.pageCap === null || asked <= options.pageCap) return asked
  return options.abovePageCap === "refuse" ? null : options.pageCap
}

const totalText = (total: number, request: SeenRequest, options: BehaviourOptions, seed: number): string => {
  const said = Math.min(total, options.totalSaturatesAt ?? Infinity)
  const old =
    options.generation === "old" ||
    (options.generation === "mixed" && shareOf(seed, request.number, 82) < 0.5)
  return options.totalAs === "string" || (options.totalAs === "auto" && old) ? `"${said}"` : String(said)
}

/** Whether the query's window is of whole numbers, and which error says that it is not. */
export const windowError = (request: SeenRequest, options: BehaviourOptions): GatewayError | null =>
  Number.isNaN(request.workStartTimeFrom) || Number.isNaN(request.workStartTimeTo)
    ? { status: options.serviceErrorStatus, errorCode: "260026", message: "wrong DATE format" }
    : null

/** The moment whose state an answer at `nowMs` tells. */
export const seenAt = (
  request: SeenRequest,
  nowMs: number,
  options: Pick<BehaviourOptions, "staleMs" | "staleShare">,
  seed: number,
): number =>
  options.staleMs > 0 && shareOf(seed, request.number, 83) < options.staleShare
    ? nowMs - options.staleMs
    : nowMs

/** The answer at `nowMs` of the gateway's clock. */
export const statusAnswer = (
  world: World,
  request: SeenRequest,
  nowMs: number,
  options: BehaviourOptions,
): Answer => {
  const status = options.serviceErrorStatus
  const pageNo = options.pageNoIgnored ? 1 : (request.pageNo ?? 1)
  const asked = request.pageSizeNo ?? DEFAULT_PAGE_SIZE
  if (Number.isNaN(pageNo) || Number.isNaN(asked)) return { status, ...inputError }
  if (pageNo < 1) return { status, errorCode: "260025", message: "`pageNo` parameter must be 1 or more" }
  const size = servedSize(asked, options)
  if (size === null) return { status, ...inputError }
  const badWindow = windowError(request, options)
  if (badWindow !== null) return badWindow
  const range = windowRange(request.workStartTimeFrom, request.workStartTimeTo, options)
  if (range === "error") {
    return { status, errorCode: "260027", message: "parameter error, minimum usage days: 0" }
  }
  const seenMs = seenAt(request, nowMs, options, world.seed)
  const parts = visibleParts(world, range, seenMs, options)
  const shown = (rows: number) => Math.min(rows, options.mostRows ?? Infinity)
  const total = shown(countOf(parts))
  const lastPage = Math.max(1, Math.ceil(total / size))
  if (pageNo > lastPage && options.pastTheEnd === "error") return { status, ...inputError }
  const page = options.pastTheEnd === "repeatLast" ? Math.min(pageNo, lastPage) : pageNo
  const before = Math.min(page * size, total)
  const from = Math.min((page - 1) * size, before)
  const rows = listRows(parts, from, before, request.number, seenMs, options, world.seed)
  const counted =
    options.totalStaleMs === 0
      ? total
      : shown(countOf(visibleParts(world, range, seenMs - options.totalStaleMs, options)))
  const said = pageNo > lastPage && options.pastTheEnd === "uncounted" ? 0 : counted
  const writer = new ByteWriter(100 + rows.length * EXPECTED_ROW_BYTES)
  writer.write('{"content":[')
  for (const [index, row] of rows.entries()) {
    if (index > 0) writer.write(",")
    writer.write(rowBytes(row, seenMs, options, world.seed))
  }
  writer.write(`],"total":${totalText(said, request, options, world.seed)}}`)
  return { body: writer.bytes(), rows: rows.length }
}
