/** The archive's schema: its name is the one thing that goes into SQL by text, so only plain names are let through. */
import * as Result from "effect/Result"
import { ArchiveUnusable } from "../ArchiveError.ts"

const plainName = /^[a-z_][a-z0-9_]{0,62}$/

/** `name`, if it is an identifier that needs no quotes in SQL, and not one that Postgres keeps for itself. */
export const schemaName = (name: string): Result.Result<string, ArchiveUnusable> =>
  plainName.test(name) && !name.startsWith("pg_") && name !== "information_schema"
    ? Result.succeed(name)
    : Result.fail(
        new ArchiveUnusable({
          archive: "VODSTATION_SCHEMA",
          reason: `${JSON.stringify(name)} cannot be a schema's name`,
          cure: "Use up to 63 lower-case letters, digits and underscores, not starting with a digit or pg_.",
        }),
      )
