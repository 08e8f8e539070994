/** A picture with its title, its controls and the table behind it, drawn for the width that there is, on paper too. */
import { element, freshId } from "./element.ts"
import { noteOf } from "./section.ts"

export interface FittedOptions {
  readonly title: string
  readonly note?: string
  readonly controls?: HTMLElement
  readonly table?: HTMLElement
  /** Where it is drawn. */
  readonly canvas: HTMLElement
  /** Draws it for a width in pixels. */
  readonly draw: (width: number) => void
}

export interface FittedFigure {
  readonly figure: HTMLElement
  /** After a control has changed what is to be drawn. */
  readonly redraw: () => void
}

/** Of A4 with its margins, in CSS pixels. */
const paperWidth = 680

export const fittedFigure = ({ title, note, controls, table, canvas, draw }: FittedOptions): FittedFigure => {
  const titleId = freshId()
  const figure = element(
    "figure",
    { "aria-labelledby": titleId },
    element("figcaption", {}, element("h3", { id: titleId }, title), controls ?? null),
    note === undefined ? null : noteOf(note),
    canvas,
    table ?? null,
  )
  let drawn = 0
  const drawFor = (width: number) => {
    if (width === 0) return
    drawn = width
    draw(width)
  }
  const fit = () => drawFor(Math.floor(figure.clientWidth))
  new ResizeObserver(() => {
    if (Math.floor(figure.clientWidth) !== drawn && !matchMedia("print").matches) fit()
  }).observe(figure)
  addEventListener("beforeprint", () => drawFor(paperWidth))
  addEventListener("afterprint", fit)
  return { figure, redraw: fit }
}
