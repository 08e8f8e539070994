/** The code of a failed system call. */

/** `ENOENT` and the like; undefined for any other error. */
export const errorCode = (cause: unknown): string | undefined =>
  cause instanceof Error && "code" in cause && typeof cause.code === "string" ? cause.code : undefined
