import * as Result from "effect/Result"
import { describe, expect, it } from "vitest"
import type { Encoding, Reject } from "./Encoding.ts"
import { isTerminal } from "./Encoding.ts"
import { answerOf } from "./apiRow.arbitrary.ts"
import { isReject, normalise } from "./normalise.ts"
import { parseAnswer } from "./parseAnswer.ts"

const cell = { from: 1_631_577_600_000, before: 1_631_664_000_000 }

/** Reads the JSON text of a row all the way from the answer it stands in. */
const read = (rowText: string): Encoding | Reject => {
  const answer = Result.getOrThrow(parseAnswer(answerOf([rowText])))
  return normalise(answer.parseRows()[0], () => answer.rowText(0), cell)
}

const readEncoding = (row: Record<string, unknown> | string): Encoding => {
  const result = read(typeof row === "string" ? row : JSON.stringify(row))
  if (isReject(result)) throw new Error(`rejected: ${result.reason}`)
  return result
}

const row = (filePath: string, outputType: string) => JSON.stringify({ categoryId: 1, filePath, outputType })

const seedRow = {
  categoryId: 10019,
  categoryName: "test2",
  filePath: "SampleVideo_1280x720_5mb_auto_90fps_abr.mp4",
  outputType: "auto_90fps_abr",
  link: "https://kr.object.ncloudstorage.com/.../SampleVideo_1280x720_5mb_AVC_SD_1Pass_30fps.mp4",
  outputTotalSize: 81040256,
  lastWorkTime: "2021-09-14T15:49:12+0900",
  status: "COMPLETE",
  percent: 100,
}

const seedEncoding: Encoding = {
  categoryId: 10019n,
  categoryName: "test2",
  filePath: "SampleVideo_1280x720_5mb_auto_90fps_abr.mp4",
  outputType: "auto_90fps_abr",
  link: "https://kr.object.ncloudstorage.com/.../SampleVideo_1280x720_5mb_AVC_SD_1Pass_30fps.mp4",
  outputTotalSize: 81040256n,
  lastWorkTime: Date.parse("2021-09-14T06:49:12Z"),
  status: "COMPLETE",
  percent: 100,
  requestedFrom: cell.from,
  requestedBefore: cell.before,
  anomalies: [],
  raw: null,
}

describe("documented rows", () => {
  it("reads the documentation's example", () => {
    expect(readEncoding(seedRow)).toEqual(seedEncoding)
  })

  it("reads the same row in the types of the older field table as the same encoding", () => {
    const old = {
      ...seedRow,
      categoryId: "10019",
      outputTotalSize: "81040256",
      lastWorkTime: { time: 1631602152000 },
      percent: "100",
    }
    expect(readEncoding(old)).toEqual(seedEncoding)
  })

  it("reads an old-typed row whose outputType is a number and whose link is a Boolean", () => {
    const row = readEncoding({ ...seedRow, outputType: 3, link: false })
    expect(row).toEqual({ ...seedEncoding, outputType: "3", link: null })
  })

  it("keeps the text of a row that has a link but does not say which", () => {
    const text = JSON.stringify({ ...seedRow, link: true })
    expect(readEncoding(text)).toEqual({ ...seedEncoding, link: null, raw: text })
  })

  it("reads a callback's WAITING row: no path yet, no link, and fields that the list does not have", () => {
    const text =
      '{ "categoryId": 13814, "categoryName": "VOD-Callback", "fileId": 1163694, "filePath": "", "encodingOptionId": 2, "outputType": "AVC_SD_1Pass_30fps_1", "status": "WAITING" }'
    expect(readEncoding(text)).toEqual({
      categoryId: 13814n,
      categoryName: "VOD-Callback",
      filePath: "",
      outputType: "AVC_SD_1Pass_30fps_1",
      link: null,
      outputTotalSize: null,
      lastWorkTime: null,
      status: "WAITING",
      percent: null,
      requestedFrom: cell.from,
      requestedBefore: cell.before,
      anomalies: [],
      raw: text,
    })
  })

  it("reads a callback's RUNNING row", () => {
    const row = readEncoding(
      '{"categoryId":13814,"categoryName":"VOD-Callback","filePath":"/VOD-Callback/VODStation_AVC_HD_1Pass_30fps.mp4","outputType":"AVC_HD_1Pass_30fps","status":"RUNNING"}',
    )
    expect(row).toMatchObject({
      filePath: "/VOD-Callback/VODStation_AVC_HD_1Pass_30fps.mp4",
      status: "RUNNING",
      raw: null,
    })
  })

  it("takes nothing as promised but the category", () => {
    expect(readEncoding('{"categoryId":1}')).toMatchObject({
      filePath: "",
      outputType: "",
      categoryName: null,
      status: null,
      anomalies: [],
      raw: null,
    })
  })

  it("keeps an unknown status, in upper case, and does not take it for terminal", () => {
    const row = readEncoding({ ...seedRow, status: " paused " })
    expect(row.status).toBe("PAUSED")
    expect(isTerminal(row)).toBe(false)
    expect(row.raw).toBeNull()
    expect(isTerminal(readEncoding({ ...seedRow, status: "canceled" }))).toBe(true)
    expect(isTerminal(readEncoding({ ...seedRow, status: null }))).toBe(false)
  })
})

describe("what the columns cannot say is kept", () => {
  it("loads a row whose other fields cannot be read, with a reason for each in the order of the columns", () => {
    const text =
      '{"percent":"half","lastWorkTime":"yesterday","outputTotalSize":"1 MB","link":7,"status":{},"categoryName":[],"outputType":{},"filePath":["a"],"categoryId":5}'
    expect(readEncoding(text)).toEqual({
      categoryId: 5n,
      filePath: "",
      outputType: "",
      categoryName: null,
      status: null,
      link: null,
      percent: null,
      outputTotalSize: null,
      lastWorkTime: null,
      requestedFrom: cell.from,
      requestedBefore: cell.before,
      anomalies: [
        "filePath: not text",
        "outputType: not text",
        "categoryName: not text",
        "status: not text",
        "link: neither text nor boolean",
        "percent: not a number",
        "outputTotalSize: not an integer",
        "lastWorkTime: not a time",
      ],
      raw: text,
    })
  })

  it("replaces what Postgres refuses in text, in every text field", () => {
    const text =
      '{"categoryId":1,"filePath":"a\\u0000b","outputType":"\\ud83d","categoryName":"\\ude00x","status":"\\u0000complete","link":"http://\\u0000"}'
    const row = readEncoding(text)
    expect(row).toMatchObject({
      filePath: "a\ufffdb",
      outputType: "\ufffd",
      categoryName: "\ufffdx",
      status: "\ufffdCOMPLETE",
      link: "http://\ufffd",
      raw: text,
    })
    expect(row.anomalies).toEqual(
      ["filePath", "outputType", "categoryName", "status", "link"].map(
        (field) => `${field}: NUL or lone surrogate replaced`,
      ),
    )
  })

  it("leaves whole surrogate pairs alone", () => {
    expect(readEncoding('{"categoryId":1,"filePath":"\\ud83d\\ude00"}')).toMatchObject({
      filePath: "😀",
      anomalies: [],
      raw: null,
    })
  })

  it("keeps unknown fields, as they came", () => {
    const text = '{"categoryId":1, "fileId" : 9007199254740993, "x":1.0}'
    expect(readEncoding(text)).toMatchObject({ anomalies: [], raw: text })
  })

  it("keeps the text of a time that is finer than a millisecond", () => {
    const text = JSON.stringify({ ...seedRow, lastWorkTime: "2021-09-14T15:49:12.0001+0900" })
    expect(readEncoding(text)).toEqual({ ...seedEncoding, raw: text })
  })

  it("keeps no text for facts that only came in another type", () => {
    const row = {
      ...seedRow,
      categoryName: 2,
      percent: "100 %",
      status: "complete",
      outputTotalSize: "8.1e7",
    }
    expect(readEncoding(row)).toMatchObject({ categoryName: "2", outputTotalSize: 81_000_000n, raw: null })
  })

  it("is not led astray by a key named __proto__", () => {
    const text = '{"__proto__":{"filePath":"evil","percent":1},"categoryId":1}'
    expect(readEncoding(text)).toMatchObject({ filePath: "", percent: null, raw: text })
    expect(({} as { filePath?: string }).filePath).toBeUndefined()
  })

  it("takes the last of two equal keys, as JSON.parse does", () => {
    expect(readEncoding('{"categoryId":1,"categoryId":2}').categoryId).toBe(2n)
  })

  it("keeps JSON that is nested too deeply for Postgres as text", () => {
    const deep = `{"categoryId":1,"x":${"[".repeat(20_000)}${"]".repeat(20_000)}}`
    expect(readEncoding(deep).raw).toBe(JSON.stringify(deep))
  })
})

describe("rows without an identity are rejected, verbatim", () => {
  it.each([
    ["null", "not an object"],
    ["7", "not an object"],
    ['"row"', "not an object"],
    ["[ 1,2 ]", "not an object"],
    ["{}", "no readable categoryId"],
    ['{ "categoryId" : null }', "no readable categoryId"],
    ['{"categoryId":"ten"}', "no readable categoryId"],
    ['{"categoryId":""}', "no readable categoryId"],
    ['{"categoryId":true}', "no readable categoryId"],
    ['{"categoryId":1.5}', "no readable categoryId"],
    ['{"categoryId":9223372036854775808}', "no readable categoryId"],
    ['{"categoryId":1e999999999}', "no readable categoryId"],
  ])("%s: %s", (text, reason) => {
    expect(read(text)).toMatchObject({ reason, payload: text })
  })

  it("has the SHA-256 of the payload as its fingerprint", () => {
    // printf null | sha256sum
    expect(read("null")).toMatchObject({
      fingerprint: "74234e98afe7498fb5daf1f36ac2d78acc339464f950703b8c019892f982b90b",
    })
  })

  it("counts the identity's bytes, not its characters", () => {
    const fits = "한".repeat(666)
    expect(readEncoding(row(fits, "ab"))).toMatchObject({ filePath: fits, outputType: "ab", raw: null })
    expect(read(row(fits, "abc"))).toMatchObject({
      reason: "identity longer than 2,000 bytes",
      payload: row(fits, "abc"),
    })
    expect(isReject(read(row("x".repeat(2000), "")))).toBe(false)
    expect(isReject(read(row("x".repeat(2000), "y")))).toBe(true)
  })
})
