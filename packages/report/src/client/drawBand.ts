/**
 * Draws the states of an encoding as one band, in colours of the page's style. They differ in shape as well: failed ones
 * are crossed, those that have not ended half as high, canceled ones hollow, and where it was withdrawn is a dashed line.
 */
import type { PageWords } from "./PageWords.ts"
import type { BandPart } from "./stateBand.ts"
import type { StatusLook } from "./statusLook.ts"
import { statusLook } from "./statusLook.ts"

const [top, high] = [22, 26]
export const bandHeight = top + high + 44

export type PartLook = StatusLook | "withdrawn"

export const partLook = ({ state }: Pick<BandPart, "state">): PartLook =>
  state === null ? "withdrawn" : statusLook(state.status)

export const drawBand = (
  { texts, wording }: PageWords,
  parts: ReadonlyArray<BandPart>,
  width: number,
): SVGSVGElement => {
  const words = texts.encoding.timeline
  let written = -Infinity
  return svg(
    "svg",
    { width, height: bandHeight, viewBox: `0 0 ${width} ${bandHeight}`, "aria-hidden": "true" },
    [
      ...parts.flatMap((part) => {
        const { left, from, to, state } = part
        const name = state === null ? words.withdrawn : (state.status ?? words.noStatus)
        const moment = wording.moment(from)
        const drawn = svg("g", {}, [
          svg("title", {}, [`${name}\n${moment} – ${wording.moment(to)}\n${wording.lasted(to - from)}`]),
          ...drawLook(partLook(part), left, top, part.width, high),
        ])
        const fits = textWidth(name) <= part.width - 6
        const place = left >= written && left + 72 <= width
        if (place) written = left + 80
        return [
          drawn,
          ...(fits ? [text(left + 1, top - 7, name, "var(--ink)")] : []),
          ...(place
            ? [
                svg("path", { d: `M${left + 0.5},${top + high}v6`, stroke: "var(--muted)", fill: "none" }),
                text(left + 1, top + high + 19, moment.slice(0, 10), "var(--muted)"),
                text(left + 1, top + high + 34, moment.slice(11), "var(--muted)"),
              ]
            : []),
        ]
      }),
    ],
  )
}

/** A mark of the legend, as it looks in the band. */
export const legendMark = (look: PartLook): SVGSVGElement =>
  svg("svg", { width: 22, height: 14, "aria-hidden": "true" }, drawLook(look, 0, 0, 22, 14))

const drawLook = (
  look: PartLook,
  x: number,
  y: number,
  width: number,
  height: number,
): ReadonlyArray<SVGElement> => {
  const colour = `var(--${look})`
  // A pixel between two parts tells them apart where they look alike.
  const inner = Math.max(1, width - 1)
  const middle = y + height / 2
  switch (look) {
    case "complete":
      return [svg("rect", { x, y, width: inner, height, fill: colour })]
    case "unfinished":
      return [
        svg("rect", { x, y, width: inner, height, fill: "transparent" }),
        svg("rect", { x, y: middle, width: inner, height: height / 2, fill: colour }),
      ]
    case "canceled":
      return [
        svg("rect", {
          ...{ x: x + 1, y: y + 1, width: Math.max(1, inner - 2), height: height - 2 },
          ...{ fill: "transparent", stroke: colour, "stroke-width": 2 },
        }),
      ]
    case "failure": {
      const [half, centre] = [Math.min(inner - 2, height - 8) / 2, x + inner / 2]
      const [left, right] = [centre - half, centre + half]
      return [
        svg("rect", { x, y, width: inner, height, fill: colour }),
        svg("path", {
          d: `M${left},${middle - half}L${right},${middle + half}M${left},${middle + half}L${right},${middle - half}`,
          ...{ stroke: "var(--surface)", "stroke-width": 2, fill: "none" },
        }),
      ]
    }
    case "withdrawn":
      return [
        svg("rect", { x, y, width: inner, height, fill: "transparent" }),
        svg("path", {
          d: `M${x},${middle}h${inner}`,
          ...{ stroke: "var(--muted)", "stroke-width": 2, "stroke-dasharray": "3 3", fill: "none" },
        }),
      ]
  }
}

const text = (x: number, y: number, content: string, fill: string): SVGElement =>
  svg("text", { x, y, fill, "font-size": 12 }, [content])

/** Some pixels too many, rather than too few: capitals and Korean are wide. */
const textWidth = (content: string): number =>
  Array.from(content).reduce((total, sign) => total + (sign > "\u02FF" ? 13 : 8.5), 0)

const svg = <Name extends keyof SVGElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string | number>>,
  content: ReadonlyArray<Node | string> = [],
): SVGElementTagNameMap[Name] => {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value))
  made.append(...content)
  return made
}
