/**
 * The shapes of error bodies that the gateway family has been seen to send (API facts 3.3).
 */

/** What an error says, whatever its shape. */
export interface GatewayError {
  readonly status: number
  /** Three digits from the gateway, six from the service. Decide by it together with the HTTP status. */
  readonly errorCode: string
  readonly message: string
  readonly details?: string
}

/** Shapes in which the error code can be read. */
export const codedShapes = [
  "nested",
  "nestedNumber",
  "nestedNullDetails",
  "code",
  "flat",
  "flatErrorMessage",
  "responseError",
  "statusObject",
  "codeAndMsg",
] as const

export const errorShapes = [...codedShapes, "spring", "xml", "html", "text", "empty"] as const

export type ErrorShape = (typeof errorShapes)[number]

const JSON_TYPE = "application/json;charset=utf-8"

const objects: Record<(typeof codedShapes)[number] | "spring", (error: GatewayError) => object> = {
  nested: ({ errorCode, message, details }) => ({
    error: { errorCode, message, ...(details === undefined ? {} : { details }) },
  }),
  nestedNumber: ({ errorCode, message, details }) => ({
    error: { errorCode: Number(errorCode), message, details: details ?? message },
  }),
  nestedNullDetails: ({ errorCode, message }) => ({ error: { errorCode, message, details: null } }),
  code: ({ errorCode, message }) => ({ error: { code: Number(errorCode), message } }),
  flat: ({ errorCode, message }) => ({ errorCode, message }),
  flatErrorMessage: ({ errorCode, message }) => ({ errorCode, errorMessage: message }),
  responseError: ({ errorCode, message }) => ({
    responseError: { returnCode: errorCode, returnMessage: message },
  }),
  statusObject: ({ errorCode, message }) => ({ status: { code: errorCode, message } }),
  codeAndMsg: ({ errorCode, message }) => ({ code: errorCode, msg: message }),
  spring: ({ status, message }) => ({
    timestamp: 1755590820000,
    status,
    error: message,
    message,
    path: "/api/v2/status",
  }),
}

/** Body and Content-Type of an error in a shape. */
export const errorBody = (error: GatewayError, shape: ErrorShape): { body: string; contentType: string } => {
  const { errorCode, message, status } = error
  switch (shape) {
    case "xml":
      return {
        body: `<?xml version="1.0" encoding="UTF-8"?><error><errorCode>${errorCode}</errorCode><message>${message}</message></error>`,
        contentType: "application/xml;charset=utf-8",
      }
    case "html":
      return {
        body: `<html><head><title>${status} ${message}</title></head><body><center><h1>${status} ${message}</h1></center><hr><center>nginx</center></body></html>`,
        contentType: "text/html",
      }
    case "text":
      return { body: message, contentType: "text/plain" }
    case "empty":
      return { body: "", contentType: JSON_TYPE }
    default:
      return { body: JSON.stringify(objects[shape](error)), contentType: JSON_TYPE }
  }
}
