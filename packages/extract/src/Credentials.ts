/**
 * Where the key pair comes from: the environment, else the file `.env`, else a profile of `~/.ncloud/configure`, with the names
 * that NAVER Cloud's own tools use (API facts, section 5). They can be loaded again at any time, since temporary keys expire.
 *
 * The environment comes first even where a profile was asked for, as the contract says ("else"); a warning then tells that
 * the profile is not used, since the two may be of different accounts. Keys in `.env` give way to such a profile, as a file
 * does to a flag.
 */
import { homedir } from "node:os"
import { join } from "node:path"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import type { CredentialsError } from "./CredentialsError.ts"
import { CredentialsMissing, CredentialsUnusable } from "./CredentialsError.ts"
import { defaultProfile, parseConfigure } from "./parseConfigure.ts"
import type { SettingSource } from "./settingSources.ts"
import { describeSetting, findSetting, settingSources } from "./settingSources.ts"

export interface KeyPair {
  readonly accessKey: Redacted.Redacted
  readonly secretKey: Redacted.Redacted
  /** For messages: `NCLOUD_ACCESS_KEY_ID`, or `profile DEFAULT of ~/.ncloud/configure`. */
  readonly source: string
}

export interface CredentialsOptions {
  /** `--profile`; default `DEFAULT`. */
  readonly profile?: string | undefined
  /** Default `~/.ncloud/configure`. */
  readonly file?: string | undefined
}

export class Credentials extends Context.Service<
  Credentials,
  {
    /** Reads the sources anew each time. */
    readonly load: Effect.Effect<KeyPair, CredentialsError>
  }
>()("@vodstation-etl/extract/Credentials") {
  static readonly layer = (
    options: CredentialsOptions = {},
  ): Layer.Layer<Credentials, never, FileSystem.FileSystem> =>
    Layer.effect(Credentials, makeCredentials(options))
}

export const accessKeyNames = ["NCLOUD_ACCESS_KEY_ID", "NCLOUD_ACCESS_KEY"]
export const secretKeyNames = ["NCLOUD_SECRET_ACCESS_KEY", "NCLOUD_SECRET_KEY"]
const fileNames = { accessKey: "ncloud_access_key_id", secretKey: "ncloud_secret_access_key" }

const makeCredentials = Effect.fnUntraced(function* (options: CredentialsOptions) {
  const fileSystem = yield* FileSystem.FileSystem
  const sources = yield* settingSources
  const file = options.file ?? join(homedir(), ".ncloud", "configure")
  const fileShown = options.file ?? "~/.ncloud/configure"
  const profile = options.profile ?? defaultProfile

  const fromSource = Effect.fnUntraced(function* (source: SettingSource) {
    const access = yield* entryIn(source, accessKeyNames)
    const secret = yield* entryIn(source, secretKeyNames)
    const there = access ?? secret
    if (there === undefined) return undefined
    if (options.profile !== undefined) {
      yield* Effect.logWarning(
        `${there.name} is set, so that profile ${options.profile} is not used. Unset it to use the profile.`,
      )
    }
    return yield* pairOf({
      access,
      secret,
      source: describeSetting({ name: there.name, place: source.place }),
      accessName: accessKeyNames[0]!,
      secretName: secretKeyNames[0]!,
    })
  })

  const fromFile = Effect.gen(function* () {
    const text = yield* fileSystem.readFileString(file).pipe(
      Effect.catchReason("PlatformError", "NotFound", () => Effect.undefined),
      Effect.mapError(
        (error) =>
          new CredentialsUnusable({
            source: fileShown,
            reason: `it cannot be read (${error.reason._tag})`,
            cure: "Make the file readable for this user.",
          }),
      ),
    )
    if (text === undefined && options.profile === undefined) return undefined
    const profiles = parseConfigure(text ?? "")
    const keys = profiles.get(profile)
    const source = `profile ${profile} of ${fileShown}`
    if (keys === undefined && options.profile !== undefined) {
      return yield* new CredentialsUnusable({
        source,
        reason: text === undefined ? "there is no such file" : "there is no such profile",
        cure:
          profiles.size === 0
            ? "Write the profile into it."
            : `Profiles in it: ${[...profiles.keys()].join(", ")}.`,
      })
    }
    const access = entryOf(fileNames.accessKey, keys?.get(fileNames.accessKey))
    const secret = entryOf(fileNames.secretKey, keys?.get(fileNames.secretKey))
    if (access === undefined && secret === undefined && options.profile === undefined) return undefined
    return yield* pairOf({
      access,
      secret,
      source,
      accessName: fileNames.accessKey,
      secretName: fileNames.secretKey,
    })
  })

  const isThere = Effect.orElseSucceed(fileSystem.exists(file), () => false)

  const load = Effect.gen(function* () {
    const isFromFlag = options.profile !== undefined
    for (const source of sources) {
      if (isFromFlag && source.place !== "environment") continue
      const found = yield* fromSource(source)
      if (found !== undefined) return found
    }
    const found = yield* fromFile
    if (found !== undefined) return found
    return yield* new CredentialsMissing({
      looked: [
        `the environment (${[...accessKeyNames, ...secretKeyNames].join(", ")})`,
        ...sources.flatMap(({ place }) => (place === "environment" ? [] : [place])),
        `profile ${profile} of ${fileShown}${(yield* isThere) ? ", which holds no keys" : ""}`,
      ],
    })
  })
  return Credentials.of({ load })
})

interface Entry {
  readonly name: string
  readonly value: string
}

/** Blanks and line ends around a key are never part of it; nothing else counts as not set. */
const entryOf = (name: string, value: string | undefined): Entry | undefined => {
  const trimmed = value?.trim() ?? ""
  return trimmed === "" ? undefined : { name, value: trimmed }
}

const entryIn = (source: SettingSource, names: ReadonlyArray<string>) =>
  findSetting([source], names).pipe(
    Effect.map((found) => found && { name: found.name, value: Redacted.value(found.value) }),
    Effect.mapError(
      () =>
        new CredentialsUnusable({
          source: names[0]!,
          reason: "the setting cannot be read",
          cure: "Set it to one line of text.",
        }),
    ),
  )

const pairOf = Effect.fnUntraced(function* (found: {
  readonly access: Entry | undefined
  readonly secret: Entry | undefined
  readonly source: string
  readonly accessName: string
  readonly secretName: string
}): Effect.fn.Return<KeyPair, CredentialsUnusable> {
  const { access, secret, source } = found
  if (access === undefined || secret === undefined) {
    const [there, missing] =
      access === undefined ? [secret?.name, found.accessName] : [access.name, found.secretName]
    return yield* new CredentialsUnusable({
      source,
      reason: there === undefined ? "it holds no keys" : `${there} has no ${missing} beside it`,
      cure:
        there === undefined
          ? `Write ${found.accessName} and ${found.secretName} into it.`
          : `Set ${missing} in the same place.`,
    })
  }
  // It becomes the value of an HTTP header, which holds nothing else.
  if (!/^[\x21-\x7e]+$/.test(access.value)) {
    return yield* new CredentialsUnusable({
      source,
      reason: `${access.name} holds blanks, line ends or other characters that no access key has`,
      cure: "Copy it again.",
    })
  }
  return {
    accessKey: Redacted.make(access.value, { label: "accessKey" }),
    secretKey: Redacted.make(secret.value, { label: "secretKey" }),
    source,
  }
})
