/**
 * Makes one row odd in one way, in its JSON text and in what the text can tell.
 */
import type { LooseKind } from "./LooseKind.ts"
import { epochSecondObject, timeObject, type RowDraft } from "./RowDraft.ts"
import { koreanWallText, zuluText } from "./timeText.ts"

type Loosener = (draft: RowDraft, salt: number) => void

const inSeconds =
  (text: (ms: number) => string): Loosener =>
  (d) => {
    const ms = d.state.lastWorkTimeMs
    if (ms === null) return
    d.texts["lastWorkTime"] = text(ms)
    d.served.lastWorkTimeMs = Math.floor(ms / 1000) * 1000
  }

const inMilliseconds =
  (text: (ms: number) => string): Loosener =>
  (d) => {
    const ms = d.state.lastWorkTimeMs
    if (ms === null) return
    d.texts["lastWorkTime"] = text(ms)
    d.served.lastWorkTimeMs = ms
  }

const noLink =
  (text: string): Loosener =>
  (d) => {
    d.texts["link"] = text
    d.served.link = null
  }

const rejected =
  (text: string | undefined): Loosener =>
  (d) => {
    if (text === undefined) delete d.texts["categoryId"]
    else d.texts["categoryId"] = text
    d.served.categoryId = null
    d.served.rejected = true
  }

const path = (d: RowDraft, filePath: string): void => {
  d.texts["filePath"] = JSON.stringify(filePath)
  d.served.filePath = filePath.toWellFormed().replaceAll("\0", "\uFFFD")
}

const one = <A>(choices: ReadonlyArray<A>, salt: number): A => choices[salt % choices.length]!

const looseners: Record<LooseKind, Loosener> = {
  categoryIdText: (d) => (d.texts["categoryId"] = `"${d.state.categoryId}"`),
  categoryNameNull: (d) => {
    d.texts["categoryName"] = "null"
    d.served.categoryName = null
  },
  pathNull: (d) => {
    if (d.served.filePath === "") d.texts["filePath"] = "null"
  },
  pathAbsent: (d) => {
    if (d.served.filePath === "") delete d.texts["filePath"]
  },
  outputTypeNull: (d) => {
    d.texts["outputType"] = "null"
    d.served.outputType = ""
  },
  outputTypeNumber: (d) => {
    if (/^[1-9]\d{0,14}$/.test(d.served.outputType)) d.texts["outputType"] = d.served.outputType
  },
  linkBoolean: (d) => noLink(String(d.state.link !== null))(d, 0),
  linkNull: noLink("null"),
  linkEmpty: noLink('""'),
  sizeText: (d) => {
    const size = d.state.outputTotalSize
    d.texts["outputTotalSize"] = size === null ? "null" : `"${size}"`
    d.served.outputTotalSize = size
  },
  percentText: (d) => {
    if (d.state.percent !== null) d.texts["percent"] = `"${d.state.percent}"`
  },
  percentSign: (d) => {
    if (d.state.percent !== null) d.texts["percent"] = `"${d.state.percent}%"`
  },
  timeBasicOffset: inSeconds((ms) => `"${koreanWallText(ms)}+0900"`),
  timeColonOffset: inSeconds((ms) => `"${koreanWallText(ms)}+09:00"`),
  timeZulu: inSeconds((ms) => `"${zuluText(ms)}"`),
  timeNoOffset: inSeconds((ms) => `"${koreanWallText(ms)}"`),
  timeFraction: inMilliseconds((ms) => `"${koreanWallText(ms)}.${String(ms % 1000).padStart(3, "0")}+09:00"`),
  timeEpoch: inMilliseconds(String),
  timeEpochText: inMilliseconds((ms) => `"${ms}"`),
  timeObject: inMilliseconds(timeObject),
  timeEpochSecond: inMilliseconds(epochSecondObject),
  statusLower: (d) => {
    if (d.served.status !== null) d.texts["status"] = JSON.stringify(d.served.status.toLowerCase())
  },
  statusUnknown: (d, salt) => {
    const status = one(["PREPARING", "PAUSED", "PARTIAL_COMPLETE"], salt)
    d.texts["status"] = `"${status}"`
    d.served.status = status
  },
  unknownFields: (d, salt) => {
    d.texts["fileId"] = String(1_000_000 + (salt % 1_000_000))
    d.texts["encodingOptionId"] = `"${salt % 14}"`
    d.texts["input"] =
      `{"bucketName":"원본-bucket","metadata":{"duration":${salt % 5000}.25,"videoCodec":null}}`
  },
  otherOrder: (d) => (d.otherOrder = true),
  sizeUnreadable: (d, salt) => d.spoil("outputTotalSize", one(['"12.5 MB"', "{}", '"-"', "true"], salt)),
  percentUnreadable: (d, salt) => d.spoil("percent", one(['"n/a"', "[]", "true", '"half"'], salt)),
  timeUnreadable: (d, salt) =>
    d.spoil("lastWorkTime", one(['"yesterday"', "{}", '"2021-13-45T99:00:00Z"', "[]"], salt)),
  linkUnreadable: (d, salt) => d.spoil("link", one(["{}", '["https://example.invalid/a.mp4"]', "404"], salt)),
  statusUnreadable: (d, salt) => d.spoil("status", one(["{}", "[]", "true"], salt)),
  badText: (d, salt) => {
    path(d, `${d.state.filePath}${one(["\0", "\uD800", "a\uDC00b"], salt)}`)
    d.unreadable.add("filePath")
  },
  categoryIdAbsent: rejected(undefined),
  categoryIdNull: rejected("null"),
  categoryIdUnreadable: (d, salt) => rejected(one(['"test2"', "{}", "true", '""'], salt))(d, salt),
  longIdentity: (d) => {
    path(d, `/${"긴이름".repeat(300)}${d.state.filePath}`)
    d.served.rejected = true
  },
}

/**
 * Applies one kind of oddity; `salt` picks among its variants. Kinds that do not fit the row's state do nothing, and none
 * comes on top of a lost identity, which it might undo.
 */
export const loosenRow = (kind: LooseKind, draft: RowDraft, salt: number): void => {
  if (!draft.served.rejected) looseners[kind](draft, salt)
}
