/** Why there are no credentials to sign with. No message holds a key. */
import * as Schema from "effect/Schema"

/** None were found anywhere. */
export class CredentialsMissing extends Schema.TaggedError<CredentialsMissing>()("CredentialsMissing", {
  /** Where was looked, in order. */
  looked: Schema.Array(Schema.String),
}) {
  override get message() {
    return `No credentials found; looked in ${this.looked.join(", then in ")}. Set NCLOUD_ACCESS_KEY_ID and NCLOUD_SECRET_ACCESS_KEY, or write ncloud_access_key_id and ncloud_secret_access_key into that file. A sub account with the policy NCP_VOD_STATION_VIEWER is enough.`
  }
}

/** Some were found that cannot be used: half a pair, an unreadable file, a profile that does not exist, a broken key. */
export class CredentialsUnusable extends Schema.TaggedError<CredentialsUnusable>()("CredentialsUnusable", {
  /** Such as `profile project of ~/.ncloud/configure`. */
  source: Schema.String,
  reason: Schema.String,
  cure: Schema.String,
}) {
  override get message() {
    return `The credentials from ${this.source} cannot be used: ${this.reason}. ${this.cure}`
  }
}

export type CredentialsError = CredentialsMissing | CredentialsUnusable
