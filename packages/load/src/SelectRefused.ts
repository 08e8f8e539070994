/** The user's own SELECT was refused, or failed, for a reason that lies in it: nothing was written anywhere. */
import * as Schema from "effect/Schema"

export class SelectRefused extends Schema.TaggedError<SelectRefused>()("SelectRefused", {
  /** Without a full stop. */
  reason: Schema.String,
}) {
  override get message() {
    return this.reason
  }
}

const statements = /^(?:\s|--[^\n]*(?:\n|$)|\/\*[^]*?\*\/|\()*(\w+)/

/** Why a text that is meant to be one SELECT is none, as far as its first word tells; undefined where it may be one. */
export const refusedByFirstWord = (sql: string): SelectRefused | undefined => {
  const word = statements.exec(sql)?.[1]?.toUpperCase()
  if (word === undefined) return new SelectRefused({ reason: "there is no SELECT in it" })
  return ["SELECT", "WITH", "VALUES", "TABLE"].includes(word)
    ? undefined
    : new SelectRefused({ reason: `it begins with ${word}: ${onlySelect}` })
}

/** Why such columns cannot be told apart in a file; undefined where they can. */
export const refusedByColumns = (names: ReadonlyArray<string>): SelectRefused | undefined => {
  const twice = names.find((name, at) => names.indexOf(name) !== at)
  return twice === undefined
    ? undefined
    : new SelectRefused({ reason: `two of its columns are called ${twice}: name one with AS` })
}

export const onlySelect = "one SELECT may be asked, and nothing that writes"
/** It calls a function that is not known to do nothing but compute. */
export const mayDoMore = (name: string) =>
  new SelectRefused({ reason: `${onlyArchive}, and ${name} may do more` })

export const onlyArchive = "it may read nothing but the archive"
export const onlyOne = "it holds a second statement: one SELECT may be asked"
export const tooSlow = (seconds: number): string =>
  `it was stopped after ${seconds} s: ask for less, or give it more time with --timeout`

/** The reason of a refusal, in one line. @param place where in the SELECT the mistake is. @param advice a sentence */
export const withPlaceAndAdvice = (
  reason: string,
  place: { readonly line: number; readonly column: number | undefined } | undefined,
  advice?: string,
): string => {
  const at = place && `, at line ${place.line}${place.column === undefined ? "" : `, column ${place.column}`}`
  const sentence = (text: string) => text.replaceAll(/\s+/g, " ").replace(/[.!]+$/, "")
  return `${sentence(reason)}${at ?? ""}${advice === undefined ? "" : `. ${sentence(advice)}`}`
}
