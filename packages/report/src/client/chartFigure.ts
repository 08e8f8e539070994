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
import { element } from "./element.ts"
import type { FittedFigure } from "./fittedFigure.ts"
import { fittedFigure } from "./fittedFigure.ts"
import { ledTo } from "./ledTo.ts"

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
  /** The page that what was clicked leads to; the links in the table behind lead there by keyboard. */
  readonly addressOf?: (point: any) => string | undefined
  readonly draw: (width: number) => { readonly height: number; readonly option: EChartsCoreOption }
}

export const chartFigure = (options: ChartOptions): FittedFigure => {
  const canvas = element("div", { class: "chart" })
  let chart: EChartsType | undefined
  return fittedFigure({
    ...options,
    canvas,
    draw: (width) => {
      const { height, option } = options.draw(width)
      if (chart === undefined) {
        chart = init(canvas, null, { renderer: "svg", width, height })
        chart.on("click", (point) => {
          const address = options.addressOf?.(point)
          if (address !== undefined) location.assign(ledTo(address))
        })
      }
      chart.resize({ width, height })
      chart.setOption({ ...usual(options.description), ...option }, { notMerge: true })
    },
  })
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
