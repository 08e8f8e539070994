/** What can go wrong with an archive. Each message says what happened, where, and what to do now; none holds a secret. */
import * as Schema from "effect/Schema"

/** The archive cannot be used as it was asked for: exit 2, and nothing was touched. */
export class ArchiveUnusable extends Schema.TaggedError<ArchiveUnusable>()("ArchiveUnusable", {
  /** Where: a database's host, port and name without its password, or a folder. */
  archive: Schema.String,
  reason: Schema.String,
  cure: Schema.String,
}) {
  override get message() {
    return `${this.archive}: ${this.reason}. ${this.cure}`
  }
}

/** The archive was in use and then failed: connection lost, disk full, statement refused. The day in flight is rolled back. */
export class ArchiveFailed extends Schema.TaggedError<ArchiveFailed>()("ArchiveFailed", {
  archive: Schema.String,
  /** What was being done, such as `merging 2021-09-12`. */
  doing: Schema.String,
  reason: Schema.String,
  /** Only the connection was lost, and with it what was begun: the same may be begun again. */
  connectionLost: Schema.optionalKey(Schema.Boolean),
}) {
  override get message() {
    return `${this.archive}: ${this.doing} failed: ${this.reason}. What was loaded before is safe; run the same command again to go on.`
  }
}

/** A file of a CSV archive was damaged or edited. Whatever needs it cannot be done; the other days can. */
export class FileDamaged extends Schema.TaggedError<FileDamaged>()("FileDamaged", {
  archive: Schema.String,
  reason: Schema.String,
  cure: Schema.String,
}) {
  override get message() {
    return `${this.archive}: ${this.reason}. ${this.cure}`
  }
}

export type ArchiveError = ArchiveUnusable | ArchiveFailed | FileDamaged
