/** Makes elements. Whatever comes from an archive goes in as text, and never as HTML. */
type Content = Node | string | null

/** @param attributes as in HTML; `true` sets one without a value, and what is undefined or false is left out */
export const element = <Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string | number | boolean | undefined>> = {},
  ...content: ReadonlyArray<Content>
): HTMLElementTagNameMap[Name] => {
  const made = document.createElement(name)
  for (const [key, value] of Object.entries(attributes))
    if (value !== undefined && value !== false) made.setAttribute(key, value === true ? "" : String(value))
  made.append(...content.filter((part) => part !== null))
  return made
}

let made = 0

/** An id that no other element of the page has. */
export const freshId = (): string => `part-${(made += 1)}`
