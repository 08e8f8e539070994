import { describe, expect, it } from "vitest"
import { codedShapes, errorBody, errorShapes } from "./errorBody.ts"

const error = {
  status: 401,
  errorCode: "210",
  message: "Permission Denied",
  details: "A subscription to the API is required.",
}

describe("errorBody", () => {
  it("is the documented object, with details where there are some", () => {
    expect(errorBody(error, "nested").body).toBe(
      '{"error":{"errorCode":"210","message":"Permission Denied","details":"A subscription to the API is required."}}',
    )
    expect(errorBody({ status: 404, errorCode: "300", message: "Not Found Exception" }, "nested").body).toBe(
      '{"error":{"errorCode":"300","message":"Not Found Exception"}}',
    )
  })

  it.each([
    ["nestedNumber", { error: { errorCode: 210, message: error.message, details: error.details } }],
    ["nestedNullDetails", { error: { errorCode: "210", message: error.message, details: null } }],
    ["code", { error: { code: 210, message: error.message } }],
    ["flat", { errorCode: "210", message: error.message }],
    ["flatErrorMessage", { errorCode: "210", errorMessage: error.message }],
    ["responseError", { responseError: { returnCode: "210", returnMessage: error.message } }],
    ["statusObject", { status: { code: "210", message: error.message } }],
    ["codeAndMsg", { code: "210", msg: error.message }],
  ] as const)("has the shape %s", (shape, expected) => {
    expect(JSON.parse(errorBody(error, shape).body)).toEqual(expected)
  })

  it("has Spring's shape, XML, HTML, plain text and nothing", () => {
    expect(JSON.parse(errorBody(error, "spring").body)).toMatchObject({ status: 401, message: error.message })
    expect(errorBody(error, "xml")).toMatchObject({ contentType: "application/xml;charset=utf-8" })
    expect(errorBody(error, "xml").body).toContain("<errorCode>210</errorCode>")
    expect(errorBody(error, "html").body).toMatch(/^<html>.*401 Permission Denied/)
    expect(errorBody(error, "text").body).toBe(error.message)
    expect(errorBody(error, "empty").body).toBe("")
  })

  it("tells the code in every shape that is said to", () => {
    for (const shape of codedShapes) expect(errorBody(error, shape).body).toContain("210")
    expect(new Set(errorShapes.map((shape) => errorBody(error, shape).body)).size).toBe(errorShapes.length)
  })
})
