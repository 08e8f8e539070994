/** What a request's address asks for: the other side of `pageAddress.ts`, strict, since nobody types these by hand. */
import * as Result from "effect/Result"
import { isCalendarDate } from "@vodstation-etl/core/WorkDay"
import type { DayFilter, EncodingKey } from "@vodstation-etl/report/pageAddress"
import type { Language } from "@vodstation-etl/report/texts/ReportTexts"
import { quoted, RequestRefused } from "./RequestRefused.ts"

export type Address = { readonly lang: Language | undefined } & (
  | { readonly page: "report"; readonly from: string | undefined; readonly to: string | undefined }
  | {
      readonly page: "day"
      readonly day: string
      readonly filter: DayFilter
      readonly after: EncodingKey | null
    }
  | { readonly page: "dayCsv"; readonly day: string; readonly filter: DayFilter }
  | { readonly page: "encoding" | "encodingCsv"; readonly key: EncodingKey }
)

/** @param address path and query of the request, as it came */
export const readAddress = (address: string): Result.Result<Address, RequestRefused> => {
  const [path, ...query] = address.split("?")
  const day = /^\/days\/([^/]+?)(\.csv)?$/.exec(path!)
  const known: ReadonlyArray<string> | undefined =
    path === "/"
      ? ["from", "to"]
      : day !== null
        ? day[2] === undefined
          ? [...filterNames, ...afterNames]
          : filterNames
        : path === "/encodings" || path === "/encodings.csv"
          ? keyNames
          : undefined
  if (known === undefined)
    return refuse(404, `There is no page ${quoted(path!)} here. Begin at the report, which is at /.`)
  const parameters = parametersOf(query.join("?"), [...known, "lang"])
  return Result.flatMap(parameters, (given) => {
    const lang = given.get("lang")
    if (lang !== undefined && lang !== "en" && lang !== "ko")
      return refuse(400, `lang is en or ko, and not ${quoted(lang)}.`)
    if (path === "/")
      return Result.succeed({ page: "report", lang, from: given.get("from"), to: given.get("to") })
    if (day === null)
      return Result.map(keyOf(given, keyNames), (key) => ({
        page: path === "/encodings" ? "encoding" : "encodingCsv",
        lang,
        key,
      }))
    return dayOf(day[1]!, day[2] !== undefined, given, lang)
  })
}

const filterNames = ["status", "format", "category", "file"]
const keyNames = ["day", "category", "file", "format", "occurrence"]
const afterNames = ["afterCategory", "afterFile", "afterFormat", "afterOccurrence"]

type Given = ReadonlyMap<string, string>

const dayOf = (
  day: string,
  isCsv: boolean,
  given: Given,
  lang: Language | undefined,
): Result.Result<Address, RequestRefused> => {
  if (!isCalendarDate(day))
    return refuse(404, `There is no day ${quoted(day)}. A day is written as 2021-09-12.`)
  const [status, format, category, file] = filterNames.map((name) => given.get(name))
  // A form that chooses no category says so with none.
  const categoryId = category === "" ? undefined : category
  if (categoryId !== undefined && !isBigint(categoryId)) return refuse(400, notACategory(categoryId))
  const filter = {
    ...(status === undefined ? {} : { status }),
    ...(format === undefined ? {} : { format }),
    ...(categoryId === undefined ? {} : { categoryId }),
    ...(file === undefined ? {} : { file }),
  }
  if (isCsv) return Result.succeed({ page: "dayCsv", lang, day, filter })
  if (!afterNames.some((name) => given.has(name)))
    return Result.succeed({ page: "day", lang, day, filter, after: null })
  return Result.map(keyOf(new Map([...given, ["day", day]]), ["day", ...afterNames]), (after) => ({
    page: "day",
    lang,
    day,
    filter,
    after,
  }))
}

/** @param names of day, category, file, format and occurrence */
const keyOf = (given: Given, names: ReadonlyArray<string>): Result.Result<EncodingKey, RequestRefused> => {
  const missing = names.find((name) => !given.has(name))
  if (missing !== undefined)
    return refuse(400, `${missing} is missing: an encoding is known by all of ${names.join(", ")}.`)
  const [workDate, categoryId, filePath, outputType, occurrence] = names.map((name) => given.get(name)!)
  if (!isCalendarDate(workDate!))
    return refuse(404, `There is no day ${quoted(workDate!)}. A day is written as 2021-09-12.`)
  if (!isBigint(categoryId!)) return refuse(400, notACategory(categoryId!))
  if (!/^[1-9]\d{0,9}$/.test(occurrence!) || Number(occurrence) > 2 ** 31 - 1)
    return refuse(400, `${names[4]} is a number from 1, and not ${quoted(occurrence!)}.`)
  return Result.succeed({
    workDate: workDate!,
    categoryId: categoryId!,
    filePath: filePath!,
    outputType: outputType!,
    occurrence: Number(occurrence),
  })
}

const parametersOf = (query: string, known: ReadonlyArray<string>): Result.Result<Given, RequestRefused> => {
  const given = new Map<string, string>()
  for (const [name, value] of new URLSearchParams(query)) {
    if (!known.includes(name))
      return refuse(400, `There is no ${quoted(name)} to ask for here, only ${known.join(", ")}.`)
    if (given.has(name)) return refuse(400, `${name} is given twice; leave one out.`)
    // No text of an archive holds one, and Postgres refuses it.
    if (value.includes("\0")) return refuse(400, `${name} holds a NUL; leave it out.`)
    given.set(name, value)
  }
  return Result.succeed(given)
}

const isBigint = (text: string): boolean =>
  /^(0|-?[1-9]\d{0,18})$/.test(text) && BigInt.asIntN(64, BigInt(text)) === BigInt(text)

const notACategory = (text: string): string => `A category is a number, and not ${quoted(text)}.`

const refuse = (status: 400 | 404, line: string) => Result.fail(new RequestRefused({ status, line }))
