/**
 * What stands in for psql's `\copy` where there is no psql: `COPY … TO STDOUT`, written straight to a file.
 *
 * node copyToFile.ts QUERY FILE, and the database in the PG* variables
 */
import { createWriteStream } from "node:fs"
import { pipeline } from "node:stream/promises"
import pg from "pg"
import { to as copyTo } from "pg-copy-streams"

const [query = "", file = ""] = process.argv.slice(2)
const client = new pg.Client()
await client.connect()
await pipeline(
  client.query(copyTo(`COPY (${query}) TO STDOUT WITH (FORMAT csv, HEADER)`)),
  createWriteStream(file),
)
await client.end()
