/** A labelled choice of a few things. */
import { element, freshId } from "./element.ts"

export const choiceOf = <Name extends string>(
  label: string,
  entries: ReadonlyArray<readonly [name: Name, text: string]>,
  chosen: NoInfer<Name>,
  choose: (name: Name) => void,
): HTMLElement => {
  const id = freshId()
  const select = element(
    "select",
    { id },
    ...entries.map(([value, text]) => element("option", { value, selected: value === chosen }, text)),
  )
  select.addEventListener("change", () => choose(entries[select.selectedIndex]?.[0] ?? chosen))
  return element("div", { class: "controls" }, element("label", { for: id }, label), select)
}
