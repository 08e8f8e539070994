/** Links from a page to others. */
import { element } from "./element.ts"
import { ledTo } from "./ledTo.ts"

/** @param links those without an address lead nowhere, and are left out */
export const wayOn = (
  label: string,
  links: ReadonlyArray<readonly [text: string, address: string | null, rel?: "prev" | "next"]>,
): HTMLElement =>
  element(
    "nav",
    { "aria-label": label },
    ...links.flatMap(([text, address, rel]) =>
      address === null ? [] : [element("a", { href: ledTo(address), rel }, text)],
    ),
  )
