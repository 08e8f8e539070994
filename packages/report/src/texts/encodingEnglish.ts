/** The words of the page of an encoding in English. */
import { counted } from "./counted.ts"
import type { EncodingTexts } from "./EncodingTexts.ts"

export const encodingEnglish: EncodingTexts = {
  title: (name) => `Encoding of ${name}`,
  latest: {
    heading: "Latest state",
    note: "As the API told it when it last changed.",
    withdrawn:
      "It was withdrawn: the API lists it no more, and it had not ended. Only its earlier states are known.",
    category: (name, id) => `${name} (${id})`,
    twin: "Twin",
    twinNumber: (occurrence) => `number ${occurrence} of this file and format on this day`,
    requested: "Requested",
    between: (from, before) => `from ${from}, before ${before}`,
    listed: "Listed by the API",
    stillListed: "yes, when the day was last read",
    missingSince: (instant) => `no more since ${instant}`,
    link: "Link",
    size: (rounded, bytes) => `${rounded} (${bytes} bytes)`,
    none: "none",
  },
  timeline: {
    heading: "Timeline",
    note: "Each state from when the archive first saw it until it saw another. What happened between two readings is not known.",
    chart: "States over time",
    scale: "Short states are drawn wider than they lasted.",
    lastOf: (shown, total) => `The last ${shown} of ${counted(total, "state")} are drawn.`,
    noStates: "The archive knows no state of it.",
    withdrawn: "withdrawn",
    table: "States",
    changed: "differs from the state before",
    until: "Until",
    now: "now",
    lasted: "Lasted",
    run: "Run",
    noStatus: "no status",
    part: (count) => `The first ${count} states are here; the download has all of them.`,
    download: "Download all states with all columns as CSV",
  },
  raw: {
    heading: "As the API gave it",
    note: "Kept where the columns do not say it all, and cut after 20,000 characters.",
    none: "The columns say all that the API gave.",
  },
  others: {
    heading: "The same file on this day",
    note: "Its other formats, and twins: the same file in the same format, encoded more than once.",
    none: "There is nothing else of this file on this day.",
  },
}
