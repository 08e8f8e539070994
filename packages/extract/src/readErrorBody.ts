/**
 * Finds the error in a body, whichever of the family's shapes it has (API facts, 3.3). Content types are not looked at,
 * since gateways of the family send JSON as `text/plain`.
 */
import * as Predicate from "effect/Predicate"

export interface ErrorBody {
  readonly code: string | null
  readonly message: string | null
  readonly details: string | null
  /** The HTTP status that a Spring body names itself. */
  readonly status: number | null
}

/**
 * The error that a body holds, or undefined. A success code is no error (`250013`, `OPEN_API_OK`), nor is `"error": null`, nor
 * a code beside the `content` that was asked for: only `error` and `responseError` count there.
 */
export const readErrorBody = (body: string): ErrorBody | undefined => {
  const json = parseObject(body)
  if (json === undefined) return xmlError(body)
  const found = jsonError(json)
  return found === undefined || isSuccess(found) ? undefined : found
}

/**
 * Whether a body may hold an error, told without parsing it. Only of use for bodies that hold `content` as well. What is
 * searched for ends `"error"` and `"responseError"` alike and begins with a rare letter: a fifth of the time that a search for
 * `"error"` takes, which would be a tenth of all that a page costs.
 */
export const mayHoldError = (body: Buffer): boolean => body.includes('rror"')

type Json = { readonly [key: string]: unknown }

const jsonError = (json: Json): ErrorBody | undefined => {
  const { error, responseError, status, content } = json
  if (isFilled(error)) return fieldsOf(error)
  if (isFilled(responseError)) return fieldsOf(responseError)
  if (typeof error === "string" && error !== "") {
    const message = textOf(json["message"])
    return {
      code: null,
      message: message === null || message === error ? error : `${error}: ${message}`,
      details: null,
      status: typeof status === "number" ? status : null,
    }
  }
  if (content !== undefined && content !== null) return undefined
  if (isFilled(status)) return fieldsOf(status)
  const flat = fieldsOf(json)
  return flat.code === null && flat.message === null ? undefined : flat
}

const isFilled = (value: unknown): value is Json =>
  Predicate.isReadonlyObject(value) && !Array.isArray(value) && Object.keys(value).length > 0

const fieldsOf = (json: Json): ErrorBody => ({
  code: firstText(json, ["errorCode", "code", "returnCode"]),
  message: firstText(json, ["message", "errorMessage", "msg", "returnMessage"]),
  details: textOf(json["details"]),
  status: null,
})

const firstText = (json: Json, names: ReadonlyArray<string>): string | null => {
  for (const name of names) {
    const text = textOf(json[name])
    if (text !== null) return text
  }
  return null
}

const textOf = (value: unknown): string | null => {
  if (value === undefined || value === null || value === "") return null
  return typeof value === "string" ? value.trim() : JSON.stringify(value)
}

const isSuccess = ({ code, message }: ErrorBody): boolean =>
  /^(open_api_)?ok$|^success$/i.test(message ?? "") || (code === "0" && message === null)

const parseObject = (body: string): Json | undefined => {
  try {
    const json: unknown = JSON.parse(body.startsWith("\ufeff") ? body.slice(1) : body)
    return Predicate.isReadonlyObject(json) && !Array.isArray(json) ? json : undefined
  } catch {
    return undefined
  }
}

const xmlError = (body: string): ErrorBody | undefined => {
  const head = body.slice(0, 4_096)
  const code = /<(errorCode|returnCode|code)>\s*([\w-]{1,40})\s*</.exec(head)?.[2] ?? null
  if (code === null) return undefined
  const message = /<(message|errorMessage|returnMessage)>([^<]*)</.exec(head)?.[2]?.trim() ?? null
  const details = /<details>([^<]*)</.exec(head)?.[1]?.trim() ?? null
  return { code, message, details, status: null }
}
