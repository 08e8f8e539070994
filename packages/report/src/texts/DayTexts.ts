/** The words of the page of a day. Numbers come as they are to be shown. */
export interface DayTexts {
  readonly title: (day: string) => string
  readonly way: string
  readonly report: string
  readonly unknown: (day: string, dayAfter: string) => string
  readonly figures: {
    readonly encodings: string
    readonly ofState: (state: string) => string
    readonly complete: string
    readonly failed: string
    readonly ofEnded: (share: string) => string
    readonly unfinished: string
    readonly canceled: (count: string) => string
    readonly proof: string
    readonly noProof: string
    readonly forgotten: string
    readonly kept: string
    readonly rejected: string
    readonly keptBelow: string
    readonly requests: string
    readonly readAt: (instant: string) => string
    readonly neverRead: string
  }
  readonly error: string
  readonly rows: {
    readonly heading: string
    readonly note: string
    readonly choose: string
    readonly all: string
    readonly none: string
    readonly choice: (name: string, rows: string) => string
    readonly fileHolds: string
    readonly show: string
    readonly showAll: string
    /** How many match, of all that there are, and how many of them are on this page. */
    readonly found: (total: string, all: string, shown: string) => string
    readonly download: (total: string) => string
    readonly noRows: string
    readonly noMatch: string
    readonly noMore: string
    readonly first: string
    readonly next: string
    readonly pages: string
  }
  readonly rejects: {
    readonly heading: string
    readonly note: string
    readonly none: string
  }
  /** Of its table, and the name of its file. */
  readonly caption: (day: string) => string
  /** What stands where a row has no path, and so can still be followed. */
  readonly noPath: string
}
