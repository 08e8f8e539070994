/**
 * A chart with its title, its controls and the table behind it. Colours are custom properties of the page's style, so that
 * light, dark and print are decided there alone.
 */
import { BarChart, BoxplotChart, LineChart, ScatterChart } from "echarts/charts"
import {
  AriaComponent,
  CalendarComponent,
  GridComponent,
  LegendComponent,
  TooltipComponent,
} from "echarts/components"
import type { EChartsCoreOption, EChartsType } from "echarts/core"
import { init, use } from "echarts/core"
import { SVGRenderer } from "echarts/renderers"
import { element, freshId } from "./element.ts"
import { noteOf } from "./section.ts"

use([
  AriaComponent,
  BarChart,
  BoxplotChart,
  CalendarComponent,
  GridComponent,
  LegendComponent,
  LineChart,
  ScatterChart,
  SVGRenderer,
  TooltipComponent,
])

export interface ChartOptions {
  readonly title: string
  /** What a reader who does not see it is told: what is drawn, with the figures that matter. */
  readonly description: string
  readonly note?: string
  readonly controls?: HTMLElement
  readonly table?: HTMLElement
  /** For a width in pixels: the height, and what is drawn. */
  readonly draw: (width: number) => { readonly height: number; readonly option: EChartsCoreOption }
}

export interface ChartFigure {
  readonly figure: HTMLElement
  /** After a control has changed what is to be drawn. */
  readonly redraw: () => void
}

/** Of A4 with its margins, in CSS pixels. */
const paperWidth = 680

export const chartFigure = (options: ChartOptions): ChartFigure => {
  const titleId = freshId()
  const canvas = element("div", { class: "chart" })
  const figure = element(
    "figure",
    { "aria-labelledby": titleId },
    element("figcaption", {}, element("h3", { id: titleId }, options.title), options.controls ?? null),
    options.note === undefined ? null : noteOf(options.note),
    canvas,
    options.table ?? null,
  )
  let chart: EChartsType | undefined
  let drawn = 0
  const draw = (width: number) => {
    if (width === 0) return
    drawn = width
    const { height, option } = options.draw(width)
    chart ??= init(canvas, null, { renderer: "svg", width, height })
    chart.resize({ width, height })
    chart.setOption({ ...usual(options.description), ...option }, { notMerge: true })
  }
  const fit = () => draw(Math.floor(figure.clientWidth))
  new ResizeObserver(() => {
    if (Math.floor(figure.clientWidth) !== drawn && !matchMedia("print").matches) fit()
  }).observe(figure)
  addEventListener("beforeprint", () => draw(paperWidth))
  addEventListener("afterprint", fit)
  return { figure, redraw: fit }
}

const usual = (description: string): EChartsCoreOption => ({
  animation: false,
  textStyle: { fontFamily: "inherit", fontSize: 12, color: "var(--ink)" },
  // The text that ECharts would make reads out every number.
  aria: { enabled: true, label: { enabled: true, description } },
})

const muted = { color: "var(--muted)", fontSize: 12, fontFamily: "inherit" }
const line = { lineStyle: { color: "var(--line)" } }

export const axisStyle = {
  axisLabel: { ...muted, hideOverlap: true },
  axisLine: { show: true, ...line },
  axisTick: { show: false },
  splitLine: { show: false },
}

export const valueAxisStyle = {
  ...axisStyle,
  axisLine: { show: false },
  splitLine: { show: true, ...line },
  splitNumber: 4,
}

/** Above the chart: below, it would lie on the axis. */
export const legendStyle = {
  top: 0,
  left: 0,
  itemWidth: 14,
  itemHeight: 10,
  itemGap: 16,
  textStyle: { color: "var(--ink)", fontSize: 12 },
  inactiveColor: "var(--muted)",
  inactiveBorderColor: "var(--muted)",
}

/** Drawn as text: HTML of its own would need styles that the page's policy refuses. */
export const tooltipStyle = {
  renderMode: "richText" as const,
  backgroundColor: "var(--surface)",
  borderColor: "var(--muted)",
  borderWidth: 1,
  padding: 8,
  textStyle: { color: "var(--ink)", fontSize: 12, lineHeight: 18 },
}

/** The browser's own colours for what the mouse is on would have to be reckoned from numbers. */
export const still = { emphasis: { disabled: true }, blur: {}, select: { disabled: true } }
