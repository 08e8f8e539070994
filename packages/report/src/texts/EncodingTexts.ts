/** The words of the page of an encoding. Numbers come as they are to be shown. */
export interface EncodingTexts {
  readonly title: (name: string) => string
  readonly latest: {
    readonly heading: string
    readonly note: string
    readonly withdrawn: string
    readonly category: (name: string, id: string) => string
    readonly twin: string
    readonly twinNumber: (occurrence: string) => string
    readonly requested: string
    readonly between: (from: string, before: string) => string
    readonly listed: string
    readonly stillListed: string
    readonly missingSince: (instant: string) => string
    readonly link: string
    readonly size: (rounded: string, bytes: string) => string
    readonly none: string
  }
  readonly timeline: {
    readonly heading: string
    readonly note: string
    readonly chart: string
    /** Short states are drawn wider than they lasted. */
    readonly scale: string
    readonly lastOf: (shown: string, total: string) => string
    readonly noStates: string
    readonly withdrawn: string
    readonly table: string
    readonly changed: string
    readonly until: string
    readonly now: string
    readonly lasted: string
    readonly run: string
    readonly noStatus: string
    readonly part: (count: string) => string
    readonly download: string
  }
  readonly raw: { readonly heading: string; readonly note: string; readonly none: string }
  readonly others: { readonly heading: string; readonly note: string; readonly none: string }
}
