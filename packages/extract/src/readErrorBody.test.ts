/** The shapes of API facts 3.3, by their numbers there. */
import { describe, expect, it } from "vitest"
import { mayHoldError, readErrorBody } from "./readErrorBody.ts"

describe("readErrorBody", () => {
  it.each([
    [
      "1, code as text, no details",
      '{"error":{"errorCode":"300","message":"Not Found Exception"}}',
      ["300", "Not Found Exception", null],
    ],
    [
      "2, with details",
      '{"error":{"errorCode":"210","message":"Permission Denied","details":"A subscription to the API is required."}}',
      ["210", "Permission Denied", "A subscription to the API is required."],
    ],
    [
      "2, code as number, details null",
      '{"error":{"errorCode":130001,"message":"Invalid Quota","details":null}}',
      ["130001", "Invalid Quota", null],
    ],
    [
      "2, details as object",
      '{"error":{"errorCode":"100","message":"m","details":{"field":"pageNo"}}}',
      ["100", "m", '{"field":"pageNo"}'],
    ],
    [
      "3, error.code",
      '{"error":{"code":260002,"message":"input value error"}}',
      ["260002", "input value error", null],
    ],
    [
      "4, flat",
      '{"errorCode":"200","message":"Authentication Failed"}',
      ["200", "Authentication Failed", null],
    ],
    ["4, flat with errorMessage", '{"errorCode":"SE01","errorMessage":"bad"}', ["SE01", "bad", null]],
    [
      "5, classic",
      '{"responseError":{"returnCode":"800","returnMessage":"Unauthorized"}}',
      ["800", "Unauthorized", null],
    ],
    ["6, CLOVA", '{"status":{"code":"40000","message":"Bad Request"}}', ["40000", "Bad Request", null]],
    ["6, code and msg", '{"code":"1001","msg":"nope"}', ["1001", "nope", null]],
    [
      "7, XML",
      '<?xml version="1.0"?><error><errorCode>210</errorCode><message>Permission Denied</message></error>',
      ["210", "Permission Denied", null],
    ],
    [
      "8, beside content",
      '{"content":[],"total":0,"error":{"errorCode":"260009","message":"internal"}}',
      ["260009", "internal", null],
    ],
    [
      "after a byte order mark",
      '\ufeff{"error":{"errorCode":"900","message":"Unexpected"}}',
      ["900", "Unexpected", null],
    ],
  ])("reads shape %s", (_, body, [code, message, details]) => {
    expect(readErrorBody(body)).toEqual({ code, message, details, status: null })
  })

  it("reads what Spring says, with its HTTP status, which is no error code", () => {
    expect(
      readErrorBody('{"timestamp":1,"status":401,"error":"Unauthorized","message":"No message available"}'),
    ).toEqual({
      code: null,
      message: "Unauthorized: No message available",
      details: null,
      status: 401,
    })
  })

  it.each([
    ["an answer", '{"content":[],"total":0}'],
    ["error null", '{"content":[],"total":0,"error":null}'],
    ["error empty", '{"content":[],"total":0,"error":{},"responseError":null}'],
    [
      "a code and a status beside content",
      '{"content":[],"total":0,"code":"250013","message":"OPEN_API_OK","status":200}',
    ],
    [
      "a code that means success",
      '{"error":{"errorCode":"250013","message":"OPEN_API_OK"},"content":[],"total":0}',
    ],
    ["success, alone", '{"errorCode":"250013","message":"OK"}'],
    ["the classic success", '{"returnCode":"0","returnMessage":"success"}'],
    ["HTML", "<html><body><h1>502 Bad Gateway</h1></body></html>"],
    ["text", "Unauthorized"],
    ["nothing", ""],
    ["an array", '[{"errorCode":"1"}]'],
    ["a string", '"error"'],
    ["cut JSON", '{"error":{"errorCode":"2'],
  ])("sees no error in %s", (_, body) => {
    expect(readErrorBody(body)).toBeUndefined()
  })
})

describe("mayHoldError", () => {
  it("tells an answer that needs a second look from an ordinary one", () => {
    expect(mayHoldError(Buffer.from('{"content":[{"filePath":"error.mp4"}],"total":1}'))).toBe(false)
    expect(mayHoldError(Buffer.from('{"content":[],"error":{}}'))).toBe(true)
    expect(mayHoldError(Buffer.from('{"content":[],"responseError" : null}'))).toBe(true)
  })
})
