/**
 * The choice of a day's encodings, as a plain form that leads to an address: it can be sent to a colleague, and the way back
 * leads to what was shown before.
 */
import type { Choice, DayData } from "../DayData.ts"
import { dayAddress } from "../pageAddress.ts"
import { element, freshId } from "./element.ts"
import { askedLanguage, ledTo } from "./ledTo.ts"
import type { PageWords } from "./PageWords.ts"

export const dayFilterForm = (words: PageWords, data: DayData): HTMLFormElement => {
  const { texts } = words
  const { filter, day } = data
  const { rows: dayWords } = texts.day
  const language = askedLanguage()
  const form = element(
    "form",
    {
      method: "get",
      action: dayAddress(day),
      class: "controls",
      "aria-label": dayWords.choose,
      autocomplete: "off",
    },
    choiceOf(words, "status", texts.columns.status, data.statuses, filter.status),
    choiceOf(words, "format", texts.columns.format, data.formats, filter.format),
    choiceOf(words, "category", texts.columns.category, data.categories, filter.categoryId),
    fileInput(words, filter.file),
    language === null ? null : element("input", { type: "hidden", name: "lang", value: language }),
    element("button", { type: "submit" }, dayWords.show),
    Object.keys(filter).length === 0
      ? null
      : element("a", { href: ledTo(dayAddress(day)) }, dayWords.showAll),
  )
  // What chooses nothing is not in the address: there, an empty status is one of its own.
  form.addEventListener("formdata", ({ formData }) => {
    for (const select of form.querySelectorAll("select"))
      if (select.selectedIndex === 0) formData.delete(select.name)
    if (formData.get("file") === "") formData.delete("file")
  })
  return form
}

const choiceOf = (
  { texts, wording }: PageWords,
  name: string,
  label: string,
  choices: ReadonlyArray<Choice & { readonly name?: string | null }>,
  chosen: string | undefined,
): HTMLElement => {
  const { all, none, choice } = texts.day.rows
  const id = freshId()
  // An address may ask for what the list does not have: it is chosen all the same.
  const listed =
    chosen === undefined || choices.some(({ value }) => value === chosen)
      ? choices
      : [...choices, { value: chosen, rows: 0 }]
  const nameOf = (entry: (typeof listed)[number]) => {
    const named = entry.name ?? ""
    if (named !== "") return `${named} (${entry.value})`
    return entry.value === "" ? none : entry.value
  }
  return element(
    "div",
    { class: "field" },
    element("label", { for: id }, label),
    element(
      "select",
      { id, name },
      element("option", { value: "", selected: chosen === undefined }, all),
      ...listed.map((entry) =>
        element(
          "option",
          { value: entry.value, selected: entry.value === chosen },
          choice(nameOf(entry), wording.count(entry.rows)),
        ),
      ),
    ),
  )
}

const fileInput = ({ texts }: PageWords, value: string | undefined): HTMLElement => {
  const id = freshId()
  return element(
    "div",
    { class: "field" },
    element("label", { for: id }, texts.day.rows.fileHolds),
    element("input", { id, name: "file", type: "search", value: value ?? "", spellcheck: "false" }),
  )
}
