/**
 * For `pnpm analyst`: what three questions of docs/cookbook come to, added up in plain code from the CSV files that the demo
 * wrote, without SQL, without a database, and without anything of the program. Each gives its rows as the texts of a CSV file.
 */
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { parseCsv } from "./readCsvColumns.fixture.ts"

type Row = Readonly<Record<string, string | null>>
export type Answer = ReadonlyArray<ReadonlyArray<string | null>>

/** The rows of the files in a CSV archive, and the newest day of its ledger. */
export interface PlainArchive {
  readonly encodings: ReadonlyArray<Row>
  readonly newestDay: string
}

export const readPlainArchive = (folder: string): PlainArchive => {
  const days = readdirSync(join(folder, "encoding")).toSorted()
  return {
    encodings: days.flatMap((day) => rowsOf(join(folder, "encoding", day))),
    newestDay: rowsOf(join(folder, "ledger.csv")).at(-1)!["work_date"]!,
  }
}

/** By the name of the question's file in docs/cookbook. */
export const plainAnswers: Readonly<Record<string, (archive: PlainArchive) => Answer>> = {
  "01-failures-by-format-and-week.sql": ({ encodings, newestDay }) => {
    const since = addDays(mondayOf(newestDay), -7)
    const recent = encodings.filter((row) => row["work_date"]! >= since)
    const groups = groupBy(recent, (row) => [row["output_type"]!, mondayOf(row["work_date"]!)])
    return groups.map(({ key, rows }) => {
      const failures = countOf(rows, "FAILURE")
      const ended = failures + countOf(rows, "COMPLETE")
      return [...key, String(ended), String(failures), ended === 0 ? null : percent(failures, ended)]
    })
  },

  "02-files-that-fail-again-and-again.sql": ({ encodings, newestDay }) => {
    const since = addDays(newestDay, -28)
    const recent = encodings.filter((row) => row["work_date"]! > since && row["file_path"] !== "")
    const fileOf = (row: Row) => row["file_path"]!.replaceAll(`_${row["output_type"]}`, "")
    return groupBy(recent, (row) => [row["category_id"]!, fileOf(row)])
      .map(({ key, rows }) => ({
        category: rows
          .map((row) => row["category_name"] ?? "")
          .toSorted(byBytes)
          .at(-1)!,
        file: key[1]!,
        failures: countOf(rows, "FAILURE"),
        complete: countOf(rows, "COMPLETE"),
        failedAs: rows.filter((row) => row["status"] === "FAILURE").map((row) => row["output_type"]!),
      }))
      .filter(({ failures }) => failures > 1)
      .toSorted((a, b) => b.failures - a.failures || a.complete - b.complete || byBytes(a.file, b.file))
      .slice(0, 8)
      .map(({ category, file, failures, complete, failedAs }) => [
        ...[category, file, String(failures), String(complete), failedAs.toSorted(byBytes).join(", ")],
      ])
  },

  "04-storage-by-category-and-month.sql": ({ encodings }) => {
    const stored = encodings.filter((row) => BigInt(row["output_total_size"] ?? 0) > 0n)
    const totals = new Map<string, bigint>()
    return groupBy(stored, (row) => [`${row["work_date"]!.slice(0, 7)}-01`, row["category_id"]!])
      .map(({ key: [month, category], rows }) => {
        const added = rows.reduce((sum, row) => sum + BigInt(row["output_total_size"]!), 0n)
        const total = (totals.get(category!) ?? 0n) + added
        totals.set(category!, total)
        const name = rows
          .map((row) => row["category_name"] ?? "")
          .toSorted(byBytes)
          .at(-1)!
        return { month: month!, name, outputs: rows.length, added, total }
      })
      .toSorted((a, b) => byBytes(a.month, b.month) || Number(b.added - a.added))
      .map(({ month, name, outputs, added, total }) => [
        ...[month, name, String(outputs), gigabytes(added), gigabytes(total)],
      ])
  },
}

const rowsOf = (file: string): Array<Row> => {
  const [head, ...records] = parseCsv(readFileSync(file, "utf8"))
  return records.map((record) => Object.fromEntries(record.map((cell, at) => [head![at]!, cell])))
}

/** In the order of their keys. */
const groupBy = (rows: ReadonlyArray<Row>, keyOf: (row: Row) => ReadonlyArray<string>) => {
  const groups = new Map<string, { readonly key: ReadonlyArray<string>; readonly rows: Array<Row> }>()
  for (const row of rows) {
    const key = keyOf(row)
    const name = key.join("\u0000")
    const group = groups.get(name)
    if (group === undefined) groups.set(name, { key, rows: [row] })
    else group.rows.push(row)
  }
  return [...groups].toSorted(([a], [b]) => byBytes(a, b)).map(([, group]) => group)
}

const byBytes = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b))

const countOf = (rows: ReadonlyArray<Row>, status: string) =>
  rows.filter((row) => row["status"] === status).length

/** With two digits after the point, halves up, in whole numbers so that none is lost. */
const percent = (part: number, whole: number) =>
  (Math.floor((20_000 * part + whole) / (2 * whole)) / 100).toFixed(2)

/** With one digit after the point, halves up. */
const gigabytes = (bytes: bigint) => {
  const tenths = (bytes + 50_000_000n) / 100_000_000n
  return `${tenths / 10n}.${tenths % 10n}`
}

const addDays = (day: string, days: number) =>
  new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10)

/** The Monday of its week. */
const mondayOf = (day: string) => addDays(day, -((new Date(day).getUTCDay() + 6) % 7))
