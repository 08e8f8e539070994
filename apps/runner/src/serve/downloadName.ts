/** What a downloaded file is called: its day and what was chosen, in letters that every file system takes. */
import type { DayFilter, EncodingKey } from "@vodstation-etl/report/pageAddress"

export const dayFileName = (day: string, { status, format, categoryId, file }: DayFilter): string =>
  nameOf([
    "encodings",
    day,
    status === "" ? "no status" : status,
    format === "" ? "no format" : format,
    categoryId,
    file,
  ])

export const encodingFileName = ({ workDate, filePath, outputType, occurrence }: EncodingKey): string =>
  nameOf([
    "encoding",
    workDate,
    filePath.split("/").at(-1),
    outputType,
    occurrence === 1 ? undefined : String(occurrence),
  ])

/** As a header has it (RFC 6266, 5987). */
export const attachment = (name: string): string => {
  const plain = name.replaceAll(/[^\x20-\x7e]/g, "_")
  return `attachment; filename="${plain}"${plain === name ? "" : `; filename*=UTF-8''${encodeURIComponent(name).replaceAll(/['()*]/g, escapeByte)}`}`
}

const nameOf = (parts: ReadonlyArray<string | undefined>): string =>
  `${parts
    .filter((part) => part !== undefined && part !== "")
    .map((part) =>
      part!
        .replaceAll(/[\p{C}\p{Z}/\\:*?"<>|%;]+/gu, "_")
        .slice(0, 60)
        .toWellFormed(),
    )
    .join("-")}.csv`

const escapeByte = (character: string): string =>
  `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`
