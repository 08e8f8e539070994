/**
 * A client of `pg` that hangs up when it could not log in. The original leaves its socket open where it gave up itself, as
 * when it has no password to give: the process would then not end, and the server wait for a minute.
 */
import pg from "pg"

type Connected = (error: Error | null) => void

export class HangingUpClient extends pg.Client {
  override connect(): Promise<pg.Client>
  override connect(callback: Connected): void
  override connect(callback?: Connected): Promise<pg.Client> | void {
    if (callback === undefined) return super.connect()
    super.connect((error: Error | null) => {
      if (error instanceof Error) this.end(() => {})
      callback(error)
    })
  }
}
