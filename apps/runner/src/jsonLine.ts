/** A line of standard error with `--log-format json`, the same whoever writes it. */

export interface Told {
  readonly level: string
  readonly message: string
  /** `run_id` in the archive, from when a run has one. */
  readonly run?: unknown
  /** The work day that it is about. */
  readonly day?: unknown
  /** The name of the error. */
  readonly error?: unknown
}

/** @param at epoch ms. Gives one line of JSON, without its end; keys without a value are left out. */
export const jsonLine = (at: number, { level, message, run, day, error }: Told): string =>
  JSON.stringify({ time: new Date(at).toISOString(), level, message, run, day, error })
