/** The words of the page of a day in English. */
import type { DayTexts } from "./DayTexts.ts"
import { counted } from "./counted.ts"

export const dayEnglish: DayTexts = {
  title: (day) => `Work day ${day}`,
  way: "Other pages",
  report: "Report",
  unknown: (day, dayAfter) =>
    `The archive knows nothing of this day. \`vodstation-etl backfill --from ${day} --to ${dayAfter}\` loads it.`,
  figures: {
    encodings: "encodings",
    ofState: (state) => `the day is ${state}`,
    complete: "complete",
    failed: "failed",
    ofEnded: (share) => `${share} of what ended`,
    unfinished: "not ended",
    canceled: (count) => `and ${count} canceled`,
    proof: "proof",
    noProof: "none",
    forgotten: "forgotten by the API",
    kept: "kept here",
    rejected: "rows not understood",
    keptBelow: "kept as they came",
    requests: "requests",
    readAt: (instant) => `read at ${instant}`,
    neverRead: "never read",
  },
  error: "The last attempt to read this day failed",
  rows: {
    heading: "Encodings",
    note: "In the order of category, file and format. A file leads to all that is known of its encoding.",
    choose: "Which encodings are shown",
    all: "all",
    none: "(none)",
    choice: (name, rows) => `${name} · ${rows}`,
    fileHolds: "File contains",
    show: "Show",
    showAll: "Show all",
    found: (total, all, shown) =>
      `${total} of ${counted(all, "encoding")}${shown === total ? "" : `; ${shown} of them on this page`}`,
    download: (total) => `Download ${counted(total, "encoding")} with all columns as CSV`,
    noRows: "There are no encodings on this day.",
    noMatch: "No encoding of this day matches.",
    noMore: "There are no more encodings after these.",
    first: "First page",
    next: "Next page",
    pages: "Pages",
  },
  rejects: {
    heading: "Rows not understood",
    note: "Rows of the latest reading that could not be understood, with the reason, as the API gave them.",
    none: "Every row was understood.",
  },
  caption: (day) => `Encodings ${day}`,
  noPath: "(no path)",
}
