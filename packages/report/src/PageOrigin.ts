/** What the foot of every page tells. */
export interface PageOrigin {
  /** The program that made it, with its version. */
  readonly program: string
  /** Where the archive is: no secret in it. */
  readonly archive: string
  /** The time zone of the work day. */
  readonly timeZone: string
  readonly madeAt: number
}
