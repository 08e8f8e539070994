/** What a download is called. */
import { expect, it } from "vitest"
import { attachment, dayFileName, encodingFileName } from "./downloadName.ts"

it.each([
  [{}, "encodings-2026-08-01.csv"],
  [{ status: "FAILURE" }, "encodings-2026-08-01-FAILURE.csv"],
  [{ status: "", format: "AVC HD", categoryId: "-7" }, "encodings-2026-08-01-no_status-AVC_HD--7.csv"],
  [{ file: "../../etc/passwd\r\nX: y" }, "encodings-2026-08-01-.._.._etc_passwd_X_y.csv"],
  [{ file: "😀".repeat(100) }, `encodings-2026-08-01-${"😀".repeat(30)}.csv`],
])("of a day with %j it is %s", (filter, name) => {
  expect(dayFileName("2026-08-01", filter)).toBe(name)
})

it("of an encoding it is that of its file", () => {
  const key = {
    workDate: "2026-08-01",
    categoryId: "1",
    filePath: "/드라마/1화_HD.mp4",
    outputType: "HD",
    occurrence: 2,
  }
  expect(encodingFileName(key)).toBe("encoding-2026-08-01-1화_HD.mp4-HD-2.csv")
})

it("is told to browsers in ASCII, and with its own letters to those that read them", () => {
  expect(attachment("encodings-2026-08-01.csv")).toBe('attachment; filename="encodings-2026-08-01.csv"')
  expect(attachment("a-1화'(b).csv")).toBe(
    `attachment; filename="a-1_'(b).csv"; filename*=UTF-8''a-1%ED%99%94%27%28b%29.csv`,
  )
})
