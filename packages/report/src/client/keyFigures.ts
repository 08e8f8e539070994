/** The numbers that one looks for first. */
import type { Figure } from "./figureList.ts"
import { figureList } from "./figureList.ts"
import { failureShare, outcomesOf, sumOf } from "./periods.ts"
import type { Report } from "./Report.ts"

export const keyFigures = ({ data, texts, wording }: Report): HTMLElement => {
  const { days, runs } = data
  const { count, percent, bytes } = wording
  const words = texts.figures
  const all = outcomesOf(days)
  const looks = (look: string) => days.filter((day) => day.look === look).length
  const [closed, notClosed] = [looks("closed"), days.length - looks("closed")]
  const requests = sumOf(runs, (run) => run.requests)
  const rejected = data.rejects.total === 0 ? 0 : sumOf(data.rejects.rows, (reason) => reason.rows)
  const oldest = data.stuck.rows[0]
  const figures: ReadonlyArray<Figure> = [
    [count(all.encodings), words.encodings, words.days(count(days.length))],
    [percent(failureShare(all)), words.failed, words.failures(count(all.failure))],
    [bytes(sumOf(days, (day) => day.bytes)), words.stored, words.outputs(count(all.complete))],
    [percent(closed / days.length), words.closed, words.ofDays(count(days.length))],
    [
      count(notClosed),
      words.notClosed,
      words.notClosedParts(count(looks("open")), count(looks("failed")), count(looks("missing"))),
      looks("failed") + looks("missing") > 0,
    ],
    [
      count(data.stuck.total),
      words.stuck,
      oldest === undefined ? words.none : words.stuckSince(oldest.day),
      oldest !== undefined,
    ],
    [
      count(rejected),
      words.notUnderstood,
      words.anomalies(count(sumOf(data.anomalies.rows, (reason) => reason.rows))),
      rejected > 0,
    ],
    [
      percent(requests === 0 ? null : sumOf(runs, (run) => run.retries) / requests),
      words.retries,
      words.ofRequests(count(requests)),
    ],
  ]
  return figureList(figures)
}
