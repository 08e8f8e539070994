/** Numbers that one looks for first, each with its name and a word more. */
import { element } from "./element.ts"

/** In `trouble` a number stands out. */
export type Figure = readonly [value: string, name: string, more: string, trouble?: boolean]

export const figureList = (figures: ReadonlyArray<Figure>): HTMLElement =>
  element(
    "dl",
    { class: "figures" },
    ...figures.map(([value, name, more, trouble]) =>
      element(
        "div",
        { class: trouble === true ? "trouble" : undefined },
        element("dt", {}, name),
        element("dd", {}, element("b", {}, value), element("span", {}, more)),
      ),
    ),
  )
