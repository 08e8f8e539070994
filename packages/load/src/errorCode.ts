/** The code of a system error. */

/** The code that Node gives an error, such as `ENOENT`; empty where there is none. */
export const errorCode = (cause: unknown): string =>
  cause instanceof Error && "code" in cause && typeof cause.code === "string" ? cause.code : ""

/** Whether the system refused something to this user. */
export const isDenied = (cause: unknown): boolean => ["EACCES", "EPERM"].includes(errorCode(cause))
