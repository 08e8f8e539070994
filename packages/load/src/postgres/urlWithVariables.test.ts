/** Which part of a database's address comes from where, as `pg` reads the URL in the end. */
import pg from "pg"
import { describe, expect, it } from "vitest"
import { urlWithVariables } from "./urlWithVariables.ts"

const variables = {
  PGHOST: "other.example",
  PGPORT: "6000",
  PGUSER: "someone",
  PGPASSWORD: "a/b@c:d?e#f %",
  PGDATABASE: "other",
}

const read = (url: string, environment: Readonly<Record<string, string>> = {}) => {
  const client = new pg.Client({ connectionString: urlWithVariables(url, environment, variables) })
  return [client.host, client.port, client.user, client.password, client.database]
}

describe("PG* variables from elsewhere than the environment", () => {
  it("say all of it where there is no URL", () => {
    expect(read("postgres:///")).toEqual(["other.example", 6000, "someone", "a/b@c:d?e#f %", "other"])
  })

  it.each([
    ["postgres://db.example", ["db.example", 6000, "someone", variables.PGPASSWORD, "other"]],
    ["postgresql://me@db.example:1/vod", ["db.example", 1, "me", variables.PGPASSWORD, "vod"]],
    ["postgres://me:p%40ss@/vod", ["other.example", 6000, "me", "p@ss", "vod"]],
    ["postgres:///vod?host=/run&user=me", ["/run", 6000, "me", variables.PGPASSWORD, "vod"]],
    ["postgres://[::1]:1/vod", ["::1", 1, "someone", variables.PGPASSWORD, "vod"]],
    ["postgres://%2Frun%2Fpg/vod", ["/run/pg", 6000, "someone", variables.PGPASSWORD, "vod"]],
  ])("fill in what is left open by %s", (url, expected) => {
    expect(read(url)).toEqual(expected)
  })

  it("give way to the environment, which pg reads itself", () => {
    const environment = Object.fromEntries(Object.keys(variables).map((name) => [name, "of the environment"]))
    expect(urlWithVariables("postgres://me@db.example/", environment, variables)).toBe(
      "postgres://me@db.example/",
    )
  })

  it("leave alone what is no URL", () => {
    expect(urlWithVariables("/run/postgresql vod", {}, variables)).toBe("/run/postgresql vod")
  })
})
