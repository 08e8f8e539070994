/** PG* variables for `pg`, which itself reads them from the process alone. */

/** By name, such as `PGHOST`. */
export type PostgresVariables = Readonly<Record<string, string>>

/** Those that `pg` takes in an URL's query, by what it calls them there. TLS has others (`libpqTls.ts`). */
const parameters = {
  host: "PGHOST",
  port: "PGPORT",
  user: "PGUSER",
  password: "PGPASSWORD",
  options: "PGOPTIONS",
}

/** All that mean something to us. */
export const postgresVariableNames: ReadonlyArray<string> = [
  ...Object.values(parameters),
  ...["PGDATABASE", "PGSSLMODE", "PGSSLROOTCERT", "PGSSLCERT", "PGSSLKEY"],
]

const parts = /^(postgres(?:ql)?:\/\/)(?:([^/?@]*)@)?([^/?@]*)(\/[^?]*)?(?:\?(.*))?$/

/**
 * The URL with what it leaves open, and the environment too, filled in.
 *
 * @param url `postgres://…`, without a fragment
 */
export const urlWithVariables = (
  url: string,
  environment: Readonly<Record<string, string | undefined>>,
  variables: PostgresVariables,
): string => {
  const [, scheme, login = "", place = "", path = "", query] = parts.exec(url) ?? []
  if (scheme === undefined) return url
  const [user, password] = login.split(":")
  const [, host, port] = /^(.*?)(?::(\d*))?$/.exec(place)!
  const said: Readonly<Record<string, string | undefined>> = { user, password, host, port }
  const open = (name: string) => (environment[name] ? undefined : variables[name])
  const asked = new URLSearchParams(query)
  for (const [name, variable] of Object.entries(parameters)) {
    const value = open(variable)
    if (value !== undefined && !said[name] && !asked.get(name)) asked.set(name, value)
  }
  const database = open("PGDATABASE")
  const whole = database !== undefined && path.length <= 1 ? `/${encodeURIComponent(database)}` : path
  const at = url.includes("@") ? `${login}@` : ""
  return `${scheme}${at}${place}${whole}${asked.size === 0 ? "" : `?${String(asked)}`}`
}
