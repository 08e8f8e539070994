/** The rows of a day as a reading gives them, of a business that makes four outputs of each file. */
import type { Encoding } from "@vodstation-etl/core/Encoding"

const outputTypes = ["AVC_SD_1Pass_30fps", "AVC_HD_1Pass_30fps", "AVC_FHD_1Pass_30fps", "auto_90fps_abr"]

/** @param changedPercent how many of a hundred rows have another size than without it */
export const encodingsOfDay = (date: string, rows: number, changedPercent = 0): Array<Encoding> => {
  const start = Date.parse(`${date}T00:00:00+09:00`)
  return Array.from({ length: rows }, (_, index) => {
    const file = Math.floor(index / outputTypes.length)
    const outputType = outputTypes[index % outputTypes.length]!
    const hash = ((file * 2_654_435_761) >>> 0).toString(16).padStart(8, "0")
    const changed = Number(index % 100 < changedPercent)
    return {
      categoryId: 10_000n + BigInt(file % 17),
      filePath: `/uploads/${date.replaceAll("-", "/")}/${hash}/SampleVideo_${file}_1280x720_5mb.mp4`,
      outputType,
      categoryName: `드라마 ${file % 17}`,
      status: "COMPLETE",
      link: `https://kr.object.ncloudstorage.com/vod-output/${date}/${hash}/SampleVideo_${file}_${outputType}.mp4`,
      percent: 100,
      outputTotalSize: BigInt(81_040_256 + index + changed),
      lastWorkTime: start + index * 4_321,
      requestedFrom: start,
      requestedBefore: start + 86_400_000,
      anomalies: [],
      raw: null,
    }
  })
}
