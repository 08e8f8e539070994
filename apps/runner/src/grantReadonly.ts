/** `db grant-readonly`: a role for BI tools, and what they have to be told. */
import { randomBytes } from "node:crypto"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { PostgresDatabase } from "@vodstation-etl/load/postgres/PostgresDatabase"
import { grantReadonly as grant } from "@vodstation-etl/load/postgres/grantReadonly"
import { databaseLayer } from "./archiveLayer.ts"
import { demoHome } from "./demoHome.ts"
import { InvalidFlag } from "./InvalidFlag.ts"
import { readPassword } from "./readPassword.ts"
import type { Settings } from "./Settings.ts"
import { readSettings } from "./Settings.ts"

export interface GrantFlags {
  readonly role: string
  readonly passwordStdin: boolean
  readonly newPassword: boolean
  readonly timeout: number
  readonly demo: boolean
  readonly json: boolean
}

export const grantReadonly = Effect.fn("grantReadonly")(function* (flags: GrantFlags) {
  const own = yield* readSettings()
  const settings: Settings = flags.demo
    ? { ...own, ...{ database: { _tag: "Embedded" }, schema: "demo", home: demoHome(own.home) } }
    : own
  yield* checkFlags(flags)
  const given = flags.passwordStdin ? yield* givenPassword(flags.role) : undefined
  const password = given ?? Redacted.make(randomBytes(24).toString("base64url"))
  const { place, schema, ...granted } = yield* Effect.gen(function* () {
    const { place, schema } = yield* PostgresDatabase
    const granted = yield* grant({
      role: flags.role,
      firstPassword: password,
      changedPassword: flags.newPassword || flags.passwordStdin ? password : undefined,
      timeoutSeconds: flags.timeout,
      ownServer: settings.database._tag === "Embedded",
    })
    return { place, schema, ...granted }
  }).pipe(Effect.provide(databaseLayer(settings)))

  const [, host, port] = /^(.*):(\d+)\//.exec(place)!
  const connection: Record<string, string> = {
    ...{ host: host!, port: port!, database: granted.database, schema, user: flags.role },
    // The one time that it is shown; who gave it knows it.
    ...(granted.password !== undefined && given === undefined
      ? { password: Redacted.value(granted.password) }
      : {}),
  }
  yield* Console.log(
    flags.json ? JSON.stringify({ command: "db grant-readonly", ...connection }) : inLines(connection),
  )
  const told = [
    `Role ${flags.role} ${granted.made ? "was made" : "was there, and its rights are renewed"}: it reads all of schema ${schema} and can change nothing.`,
    ...(granted.made && given === undefined ? ["Keep the password now: it is not shown again."] : []),
    ...(granted.password === undefined
      ? ["Its password is the one it had; --new-password makes another."]
      : []),
    ...granted.remarks.map(({ what, cure }) =>
      cure === undefined ? `${what}.` : `${what}; to end that: ${cure}`,
    ),
    ...(settings.database._tag === "Embedded"
      ? [
          `The server is reached from this machine, while a program keeps it up: vodstation-etl db${flags.demo ? " --demo" : ""}`,
        ]
      : []),
  ]
  yield* Console.error(told.join("\n"))
})

const inLines = (fields: Readonly<Record<string, string>>): string =>
  Object.entries(fields)
    .map(([name, value]) => `${name.padEnd(9)} ${value}`)
    .join("\n")

const plainName = /^(?!pg_)[a-z_][a-z0-9_]{0,62}$/
/** Which mean something else to Postgres than a role of that name. */
const reserved = new Set(["public", "none"])

const checkFlags = Effect.fnUntraced(function* ({ role, passwordStdin, newPassword }: GrantFlags) {
  if (!plainName.test(role) || reserved.has(role)) {
    return yield* new InvalidFlag({
      flag: `NAME ${role}`,
      reason:
        "it cannot be a role's name; give up to 63 lower-case letters, digits and underscores, not beginning with a digit or pg_",
    })
  }
  if (passwordStdin && newPassword) {
    return yield* new InvalidFlag({
      flag: "--new-password",
      reason: "makes a password, and --password-stdin takes yours: give one of them",
    })
  }
  return undefined
})

/** Tools differ in how they send what is not ASCII. */
const usable = /^[\x20-\x7E]{8,128}$/

const givenPassword = Effect.fnUntraced(function* (role: string) {
  const password = yield* readPassword(`Password for role ${role}: `)
  if (usable.test(Redacted.value(password))) return password
  return yield* new InvalidFlag({
    flag: "--password-stdin",
    reason:
      Redacted.value(password) === ""
        ? "there is no password on standard input; give it as the first line"
        : "the password cannot be used; give 8 to 128 letters, digits and signs of ASCII",
  })
})
