/**
 * Where everything lies that belongs to a user rather than to a run: above all the embedded server. Never the current
 * folder, or a program started by cron would fill a second archive.
 */
import * as os from "node:os"
import * as path from "node:path"

/** The home folder: `VODSTATION_HOME`, else `$XDG_DATA_HOME/vodstation-etl`, else `~/.local/share/vodstation-etl`. */
export const vodstationHome = (env: Readonly<Record<string, string | undefined>>): string => {
  if (env["VODSTATION_HOME"]) return path.resolve(env["VODSTATION_HOME"])
  const dataHome = env["XDG_DATA_HOME"]
  // The XDG specification has relative paths ignored.
  if (dataHome && path.isAbsolute(dataHome)) return path.join(dataHome, "vodstation-etl")
  return path.join(env["HOME"] || os.homedir(), ".local", "share", "vodstation-etl")
}
