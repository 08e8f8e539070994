/** The name that `export` was given is none of the archive's tables and views: exit 2, before anything is written. */
import * as Schema from "effect/Schema"
import { howToMakeOne } from "@vodstation-etl/load/noArchiveYet"

export class UnknownTable extends Schema.TaggedError<UnknownTable>()("UnknownTable", {
  table: Schema.String,
  archive: Schema.String,
  isCsv: Schema.Boolean,
  /** What there is. */
  tables: Schema.Array(Schema.String),
  /** The one that was meant, perhaps. */
  nearest: Schema.NullOr(Schema.String),
  /** There is one of that name, in the other kind of archive. */
  elsewhere: Schema.Boolean,
}) {
  override get message() {
    if (this.tables.length === 0)
      return `${this.archive}: there is no archive yet. ${howToMakeOne(this.isCsv ? this.archive : undefined)}`
    const names = `There are: ${this.tables.join(", ")}.`
    if (this.elsewhere) return `${this.archive}: ${this.table} is only in Postgres. ${names}`
    const meant = this.nearest === null ? "" : ` Did you mean ${this.nearest}?`
    return `${this.archive}: there is no table or view ${JSON.stringify(this.table)}.${meant} ${names}`
  }
}
