/** Where the pages of a served report are: written by the pages that lead there, read by the server. */

/** What tells a row of the archive from all others. */
export interface EncodingKey {
  readonly workDate: string
  /** A bigint as text. */
  readonly categoryId: string
  readonly filePath: string
  readonly outputType: string
  readonly occurrence: number
}

/** Which rows of a day are shown; what is not there chooses nothing. An empty format or status is one: the empty text, and none. */
export interface DayFilter {
  readonly status?: string
  readonly format?: string
  readonly categoryId?: string
  /** What the path holds, capital or not. */
  readonly file?: string
}

export const reportAddress = "/"

/** `after` of the same day: the key after which the rows begin. */
export const dayAddress = (day: string, filter: DayFilter = {}, after: EncodingKey | null = null): string =>
  `/days/${day}${query({
    ...filterFields(filter),
    ...(after === null
      ? {}
      : {
          afterCategory: after.categoryId,
          afterFile: after.filePath,
          afterFormat: after.outputType,
          afterOccurrence: String(after.occurrence),
        }),
  })}`

/** All rows of the day that pass the filter, as CSV. */
export const dayCsvAddress = (day: string, filter: DayFilter = {}): string =>
  `/days/${day}.csv${query(filterFields(filter))}`

export const encodingAddress = (key: EncodingKey): string => `/encodings${query(keyFields(key))}`

/** Every state of it, as CSV. */
export const encodingCsvAddress = (key: EncodingKey): string => `/encodings.csv${query(keyFields(key))}`

const keyFields = (key: EncodingKey) => ({
  day: key.workDate,
  category: key.categoryId,
  file: key.filePath,
  format: key.outputType,
  occurrence: String(key.occurrence),
})

const filterFields = ({ status, format, categoryId, file }: DayFilter) => ({
  ...(status === undefined ? {} : { status }),
  ...(format === undefined ? {} : { format }),
  ...(categoryId === undefined ? {} : { category: categoryId }),
  ...(file === undefined ? {} : { file }),
})

const query = (fields: Record<string, string>): string => {
  const text = new URLSearchParams(fields).toString()
  return text === "" ? "" : `?${text}`
}
