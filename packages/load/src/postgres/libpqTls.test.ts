import { describe, expect, it } from "@effect/vitest"
import { Redacted, Result } from "effect"
import { tlsUrls } from "./libpqTls.ts"
import { resolveTarget } from "./PostgresTarget.ts"

const url = "postgres://me:a%2Fb@db.example:5433/archive"

const asked = (text: string, environment = {}) => {
  const urls = Result.getOrThrow(tlsUrls(text, environment))
  return new URLSearchParams(urls.url.split("?")[1])
}

const refusal = (query: string, environment = {}) =>
  Result.getOrThrow(Result.flip(tlsUrls(`${url}?${query}`, environment))).message

describe("sslmode", () => {
  it("and what goes with it is taken from the URL, and else from libpq's variables", () => {
    const environment = {
      PGSSLMODE: "verify-full",
      PGSSLROOTCERT: "/ca.pem",
      PGSSLCERT: "/me.pem",
      PGSSLKEY: "",
    }
    expect(Object.fromEntries(asked(url, environment))).toEqual({
      ...{ sslmode: "verify-full", sslrootcert: "/ca.pem", sslcert: "/me.pem", uselibpqcompat: "true" },
    })
    expect(asked(`${url}?sslmode=disable&application_name=a+b`, environment).get("sslmode")).toBe("disable")
    expect(asked(`${url}?application_name=a%20b`).get("application_name")).toBe("a b")
    expect(asked(url).get("sslmode")).toBe(null)
  })

  it("is refused where it cannot mean anything", () => {
    expect(refusal("sslmode=verify_full")).toBe(
      'DATABASE_URL: there is no sslmode "verify_full". Choose one of disable, allow, prefer, require, verify-ca, verify-full.',
    )
    expect(refusal("sslmode=verify-ca")).toMatch(
      /verify-ca needs the certificate of the authority.*sslrootcert=FILE/,
    )
    expect(refusal("sslmode=require&sslrootcert=system")).toMatch(/goes with sslmode=verify-full only/)
    expect(refusal("", { PGSSLMODE: "on" })).toMatch(/there is no sslmode "on"/)
  })

  it("does not hold for a socket, and holds for the PG* variables without an URL", () => {
    const socket = Result.getOrThrow(
      resolveTarget(Redacted.make("postgres://me@/archive?host=/run/postgresql&sslmode=require"), {}),
    )
    expect(socket.place).toBe("/run/postgresql:5432/archive")
    expect(socket.config.connectionString).toContain("sslmode=disable")
    const fromVariables = Result.getOrThrow(resolveTarget("environment", { PGSSLMODE: "require" }))
    expect(fromVariables.config.connectionString).toMatch(/^postgres:\/\/\/\?.*sslmode=require/)
  })
})
