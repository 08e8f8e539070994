/** The one error of the embedded server. What went wrong is in `reason`, what to do about it in `message`. */
import * as Schema from "effect/Schema"

/**
 * Why the embedded server cannot be used. `message` says what happened, where, and what to do now; it never holds the
 * password.
 */
export class EmbeddedPostgresError extends Schema.TaggedError<EmbeddedPostgresError>()(
  "EmbeddedPostgresError",
  {
    reason: Schema.Literals([
      /** The platform package with the binaries is missing, incomplete or cannot run here. */
      "BinariesMissing",
      /** We are root, and cannot become the account that the server must run as. */
      "RootRefused",
      /** The home folder cannot be written, is full, or holds something else. */
      "HomeUnusable",
      /** Another program held the lock around starting and stopping for too long. */
      "LockTimeout",
      /** The new cluster could not be made. */
      "CreateFailed",
      /** The server did not come up. */
      "StartFailed",
      /** The server did not go away. Never the error of a use: the end of one only warns. */
      "StopFailed",
    ]),
    message: Schema.String,
    cause: Schema.optionalKey(Schema.Defect()),
  },
) {}
