/** How long encodings take, and how large they get, by format. */
import type { FormatFigures, Spread, Turnaround } from "../ReportData.ts"
import { axisStyle, chartFigure, legendStyle, still, tooltipStyle, valueAxisStyle } from "./chartFigure.ts"
import type { Column } from "./Column.ts"
import { shareColumn, sizeColumn } from "./columns.ts"
import { foldedTable, whole } from "./dataTable.ts"
import { element } from "./element.ts"
import { failureShare } from "./periods.ts"
import type { Report } from "./Report.ts"
import { nothing, section } from "./section.ts"

/** A chart of more is not read; the table has them all. */
const formatsShown = 12

export const formatsSection = (report: Report): HTMLElement => {
  const { data, texts } = report
  const timed = data.formats.flatMap(({ format, turnaround }) =>
    turnaround === null ? [] : [{ format, turnaround }],
  )
  const sized = data.formats.flatMap(({ format, sizes }) => (sizes === null ? [] : [{ format, sizes }]))
  const words = texts.formats
  return section(
    "formats",
    words,
    element(
      "div",
      { class: "pair" },
      timed.length === 0
        ? nothing(words.turnaround, words.noTurnaround)
        : turnaroundFigure(report, timed.slice(0, formatsShown)),
      sized.length === 0
        ? nothing(words.sizes, words.noSizes)
        : sizeFigure(report, sized.slice(0, formatsShown)),
    ),
    formatTable(report),
  )
}

/** The first at the top, as in the table. Long names take the place of their bars on a phone. */
const formatAxis = (names: ReadonlyArray<string>, width: number) => ({
  ...axisStyle,
  type: "category",
  inverse: true,
  data: names.map((name) => (name === "" ? "–" : name)),
  axisLabel: {
    ...axisStyle.axisLabel,
    hideOverlap: false,
    width: Math.min(170, width * 0.42),
    overflow: "truncate",
  },
})

const gridFor = (width: number, top: number) => ({
  left: Math.min(170, width * 0.42) + 10,
  right: 24,
  top,
  bottom: 28,
})

const turnaroundFigure = (
  report: Report,
  rows: ReadonlyArray<{ readonly format: string; readonly turnaround: Turnaround }>,
): HTMLElement => {
  const { texts, wording } = report
  const words = texts.formats
  const bounds = [
    { name: words.half, of: (row: Turnaround) => row.half, color: "var(--c1)" },
    { name: words.nineTenths, of: (row: Turnaround) => row.nineTenths, color: "var(--c2)" },
  ]
  const range = ([least, most]: readonly [number, number]) =>
    `${wording.minutes(least)} – ${wording.minutes(most)}`
  const most = Math.max(...rows.map(({ turnaround }) => turnaround.nineTenths[1]))
  const unit = [1, 5, 15, 60, 240, 720, 1440, 4 * 1440, 14 * 1440].find((minutes) => most / minutes <= 5)
  return chartFigure({
    title: words.turnaround,
    note: words.turnaroundNote(wording.minutes(Math.max(...rows.map(({ turnaround }) => turnaround.window)))),
    description: rows
      .map(({ format, turnaround }) => `${format}: ${words.half} ${range(turnaround.half)}`)
      .join("; "),
    draw: (width) => {
      const top = width < 460 ? 52 : 30
      return {
        height: top + 40 + rows.length * 40,
        option: {
          legend: { ...legendStyle, data: bounds.map(({ name }) => name) },
          tooltip: {
            ...tooltipStyle,
            formatter: ({ dataIndex }: any) => {
              const { format, turnaround } = rows[dataIndex]!
              return [format, ...bounds.map(({ name, of }) => `${name}: ${range(of(turnaround))}`)].join("\n")
            },
          },
          grid: gridFor(width, top),
          xAxis: {
            ...valueAxisStyle,
            type: "value",
            ...(unit === undefined ? {} : { interval: unit, max: Math.ceil(most / unit) * unit }),
            axisLabel: { ...valueAxisStyle.axisLabel, formatter: wording.minutes },
          },
          yAxis: formatAxis(
            rows.map(({ format }) => format),
            width,
          ),
          series: bounds.flatMap(({ name, of, color }) => [
            {
              type: "bar",
              stack: name,
              // Carries the bar to where it begins.
              itemStyle: { color: "transparent" },
              silent: true,
              barMaxWidth: 10,
              data: rows.map(({ turnaround }) => of(turnaround)[0]),
              ...still,
            },
            {
              type: "bar",
              stack: name,
              name,
              barMaxWidth: 10,
              // Where both bounds are the same, it is still to be seen.
              barMinHeight: 2,
              itemStyle: { color },
              data: rows.map(({ turnaround }) => of(turnaround)[1] - of(turnaround)[0]),
              ...still,
            },
          ]),
        },
      }
    },
  }).figure
}

const sizeFigure = (
  report: Report,
  rows: ReadonlyArray<{ readonly format: string; readonly sizes: Spread }>,
): HTMLElement => {
  const { texts, wording } = report
  const words = texts.formats
  const most = Math.max(...rows.map(({ sizes }) => sizes.p95))
  const numbers = ({ p5, p25, p50, p75, p95 }: Spread) => [p5, p25, p50, p75, p95]
  return chartFigure({
    title: words.sizes,
    note: words.sizesNote,
    description: rows
      .map(({ format, sizes }) => `${format}: ${texts.columns.halfSize} ${wording.bytes(sizes.p50)}`)
      .join("; "),
    draw: (width) => ({
      height: 70 + rows.length * 40,
      option: {
        tooltip: {
          ...tooltipStyle,
          formatter: ({ dataIndex }: any) => {
            const { format, sizes } = rows[dataIndex]!
            const shares = ["5", "25", "50", "75", "95"]
            return [
              format,
              ...numbers(sizes).map((size, index) => `${shares[index]} %: ${wording.bytes(size)}`),
            ].join("\n")
          },
        },
        grid: gridFor(width, 30),
        xAxis: {
          ...valueAxisStyle,
          type: "value",
          interval: roundStep(most / (width < 460 ? 2 : 4)),
          axisLabel: { ...valueAxisStyle.axisLabel, formatter: wording.bytes },
        },
        yAxis: formatAxis(
          rows.map(({ format }) => format),
          width,
        ),
        series: [
          {
            type: "boxplot",
            layout: "vertical",
            boxWidth: [6, 16],
            itemStyle: { color: "var(--box)", borderColor: "var(--c1)", borderWidth: 1.5 },
            data: rows.map(({ sizes }) => numbers(sizes)),
            ...still,
          },
        ],
      },
    }),
  }).figure
}

/** The next of 1, 2 and 5 times a power of ten. */
const roundStep = (value: number): number => {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, value)))
  return ([1, 2, 5].find((step) => step * power >= value) ?? 10) * power
}

const formatTable = (report: Report): HTMLElement => {
  const { data, texts, wording } = report
  const heads = texts.columns
  /** From the least to the most that it can have taken, in a file as well. */
  const took = (
    head: string,
    of: (row: FormatFigures) => ReadonlyArray<number> | undefined,
  ): Column<FormatFigures> => {
    const text = (row: FormatFigures) => of(row)?.map(wording.minutes).join(" – ")
    return {
      head,
      value: (row) => of(row)?.at(-1) ?? null,
      text: (row) => text(row) ?? "–",
      numeric: true,
      inFile: { head, text: (row) => text(row) ?? "" },
    }
  }
  return foldedTable<FormatFigures>(report, {
    caption: texts.formats.table,
    rows: whole(data.formats),
    columns: [
      { head: heads.format, value: (row) => row.format },
      { head: heads.encodings, value: (row) => row.encodings, numeric: true },
      { head: heads.failure, value: (row) => row.failure, numeric: true },
      shareColumn(report, heads.failureShare, failureShare),
      sizeColumn(report, heads.size, (row) => row.bytes),
      sizeColumn(report, heads.halfSize, (row) => row.sizes?.p50 ?? null),
      sizeColumn(report, heads.p95Size, (row) => row.sizes?.p95 ?? null),
      took(heads.halfTook, (row) => row.turnaround?.half),
      took(heads.nineTenthsTook, (row) => row.turnaround?.nineTenths),
      took(heads.window, ({ turnaround }) => (turnaround === null ? undefined : [turnaround.window])),
    ],
  })
}
