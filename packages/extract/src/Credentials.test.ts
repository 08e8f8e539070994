/** With real files; the environment is one of Effect's config providers. */
import * as NodeFileSystem from "@effect/platform-node/NodeFileSystem"
import { ConfigProvider, Effect, Layer, Logger, Redacted, Result } from "effect"
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { inspect } from "node:util"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { CredentialsOptions, KeyPair } from "./Credentials.ts"
import { Credentials } from "./Credentials.ts"

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "configure-"))
})
afterAll(() => rmSync(folder, { recursive: true }))

let files = 0
const fileOf = (text: string): string => {
  const file = join(folder, `configure-${files++}`)
  writeFileSync(file, text)
  return file
}
const noFile = () => join(folder, "absent")

const twoProfiles = `[DEFAULT]
ncloud_access_key_id = FILEACCESSKEY0000001
ncloud_secret_access_key = file-secret-one==
[project]
ncloud_access_key_id = FILEACCESSKEY0000002
ncloud_secret_access_key = file-secret-two
`
const fullEnvironment = {
  NCLOUD_ACCESS_KEY_ID: "ENVACCESSKEY00000001",
  NCLOUD_SECRET_ACCESS_KEY: "env-secret-one",
}

const layerOf = (env: Record<string, string>, options: CredentialsOptions, warnings: Array<unknown> = []) =>
  Credentials.layer(options).pipe(
    Layer.provide(NodeFileSystem.layer),
    Layer.provideMerge(ConfigProvider.layer(ConfigProvider.fromEnv({ env }))),
    Layer.provideMerge(Logger.layer([Logger.make(({ message }) => warnings.push(message))])),
  )

const load = (env: Record<string, string>, options: CredentialsOptions, warnings?: Array<unknown>) =>
  Effect.runPromise(
    Effect.gen(function* () {
      return yield* Effect.result((yield* Credentials).load)
    }).pipe(Effect.provide(layerOf(env, options, warnings))),
  )

const shown = ({ accessKey, secretKey, source }: KeyPair) => [
  Redacted.value(accessKey),
  Redacted.value(secretKey),
  source,
]

const found = async (env: Record<string, string>, options: CredentialsOptions) =>
  shown(Result.getOrThrow(await load(env, options)))

const refused = async (env: Record<string, string>, options: CredentialsOptions) => {
  const result = await load(env, options)
  if (Result.isSuccess(result)) throw new Error(`found some from ${result.success.source}`)
  return result.failure
}

describe("Credentials from the environment", () => {
  it.each([
    ["NCLOUD_ACCESS_KEY_ID", "NCLOUD_SECRET_ACCESS_KEY"],
    ["NCLOUD_ACCESS_KEY", "NCLOUD_SECRET_KEY"],
    ["NCLOUD_ACCESS_KEY_ID", "NCLOUD_SECRET_KEY"],
    ["NCLOUD_ACCESS_KEY", "NCLOUD_SECRET_ACCESS_KEY"],
  ])("are taken from %s and %s", async (access, secret) => {
    expect(await found({ [access]: "A", [secret]: "S" }, { file: noFile() })).toEqual(["A", "S", access])
  })

  it("prefer the longer names, as the official tools do", async () => {
    const env = { ...fullEnvironment, NCLOUD_ACCESS_KEY: "X", NCLOUD_SECRET_KEY: "Y" }
    expect(await found(env, { file: noFile() })).toEqual([
      "ENVACCESSKEY00000001",
      "env-secret-one",
      "NCLOUD_ACCESS_KEY_ID",
    ])
  })

  it("are trimmed, and count as not set when there is nothing left", async () => {
    const env = {
      NCLOUD_ACCESS_KEY_ID: " \n",
      NCLOUD_ACCESS_KEY: " A\n",
      NCLOUD_SECRET_ACCESS_KEY: "",
      NCLOUD_SECRET_KEY: "\tS==\r\n",
    }
    expect(await found(env, { file: noFile() })).toEqual(["A", "S==", "NCLOUD_ACCESS_KEY"])
  })

  it("come before the file", async () => {
    expect((await found(fullEnvironment, { file: fileOf(twoProfiles) }))[2]).toBe("NCLOUD_ACCESS_KEY_ID")
  })

  it("come before a profile that was asked for, with a warning", async () => {
    const warnings: Array<unknown> = []
    const options = { file: fileOf(twoProfiles), profile: "project" }
    const pair = Result.getOrThrow(await load(fullEnvironment, options, warnings))
    expect(pair.source).toBe("NCLOUD_ACCESS_KEY_ID")
    expect(String(warnings)).toContain("NCLOUD_ACCESS_KEY_ID is set, so that profile project is not used")
  })

  it("are not completed from the file where one half is missing, but the half is named", async () => {
    const file = fileOf(twoProfiles)
    const withoutSecret = await refused({ NCLOUD_ACCESS_KEY: "ENVACCESSKEY00000001" }, { file })
    expect(withoutSecret.message).toContain("NCLOUD_ACCESS_KEY has no NCLOUD_SECRET_ACCESS_KEY beside it")
    const withoutKey = await refused({ NCLOUD_SECRET_KEY: "env-secret-one" }, { file })
    expect(withoutKey.message).toContain("NCLOUD_SECRET_KEY has no NCLOUD_ACCESS_KEY_ID beside it")
    expect(withoutKey.message).not.toContain("env-secret-one")
  })

  it("are refused where an access key could be no header's value, without showing it", async () => {
    const failure = await refused(
      { ...fullEnvironment, NCLOUD_ACCESS_KEY_ID: "ENVACCESS\nKEY" },
      { file: noFile() },
    )
    expect(failure._tag).toBe("CredentialsUnusable")
    expect(failure.message).not.toContain("KEY\n")
    expect(failure.message).not.toContain("ENVACCESS")
  })
})

describe("Credentials from the file", () => {
  it("are those of DEFAULT unless a profile is asked for", async () => {
    const file = fileOf(twoProfiles)
    expect(await found({}, { file })).toEqual([
      "FILEACCESSKEY0000001",
      "file-secret-one==",
      `profile DEFAULT of ${file}`,
    ])
    expect((await found({}, { file, profile: "project" }))[0]).toBe("FILEACCESSKEY0000002")
  })

  it("are those without a section, as the SDKs write them", async () => {
    const file = fileOf("ncloud_access_key_id = A\nncloud_secret_access_key = S\n")
    expect((await found({}, { file })).slice(0, 2)).toEqual(["A", "S"])
  })

  it("are not mixed from two profiles", async () => {
    const file = fileOf(`${twoProfiles}[half]\nncloud_access_key_id = FILEACCESSKEY0000003\n`)
    const failure = await refused({}, { file, profile: "half" })
    expect(failure.message).toContain(`profile half of ${file}`)
    expect(failure.message).toContain("ncloud_access_key_id has no ncloud_secret_access_key beside it")
  })

  it("name the profiles there are where one does not exist", async () => {
    const failure = await refused({}, { file: fileOf(twoProfiles), profile: "prod" })
    expect(failure.message).toContain("there is no such profile. Profiles in it: DEFAULT, project.")
    const absent = await refused({}, { file: noFile(), profile: "prod" })
    expect(absent.message).toContain("there is no such file")
  })

  it("say that the file cannot be read", async () => {
    const file = join(folder, "a-folder")
    mkdirSync(file)
    const failure = await refused({}, { file })
    expect(failure._tag).toBe("CredentialsUnusable")
    expect(failure.message).toContain(`${file} cannot be used: it cannot be read`)
  })
})

describe("Credentials", () => {
  it("say where they were looked for when there are none", async () => {
    for (const file of [noFile(), fileOf(""), fileOf("[project]\nncloud_access_key_id = A\n")]) {
      const failure = await refused({}, { file })
      expect(failure._tag).toBe("CredentialsMissing")
      expect(failure.message).toContain("NCLOUD_ACCESS_KEY_ID")
      expect(failure.message).toContain(`profile DEFAULT of ${file}`)
    }
  })

  it("are read anew each time, since temporary keys expire", async () => {
    const file = fileOf(twoProfiles)
    const pairs = await Effect.runPromise(
      Effect.gen(function* () {
        const credentials = yield* Credentials
        const before = yield* credentials.load
        writeFileSync(file, twoProfiles.replaceAll("0000001", "0000009"))
        return [before, yield* credentials.load]
      }).pipe(Effect.provide(layerOf({}, { file }))),
    )
    expect(pairs.map((pair) => shown(pair)[0])).toEqual(["FILEACCESSKEY0000001", "FILEACCESSKEY0000009"])
  })

  it("do not show when printed", async () => {
    const pair = Result.getOrThrow(await load(fullEnvironment, {}))
    const printed = `${JSON.stringify(pair)} ${inspect(pair, { depth: 9 })}`
    expect(printed).not.toContain("env-secret-one")
    expect(printed).not.toContain("ENVACCESSKEY")
  })
})
