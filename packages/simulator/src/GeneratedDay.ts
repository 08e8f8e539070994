/**
 * A day of the business, computed from a seed into a few typed arrays (some 20 bytes a row): a day of 300,000 rows
 * is 6 MB. Rows are built when they are asked for.
 */
import type { BulkUpload } from "./SimulatorOptions.ts"
import type { Business, BusinessCategory } from "./videoBusiness.ts"
import type { WorldDay } from "./WorldDay.ts"
import { dailyRhythm } from "./dailyRhythm.ts"
import { hashOf, seededRandom, shareOf } from "./seededHash.ts"
import { statusAt, type TrueRow } from "./TrueRow.ts"

/** What one day is made from. `date` is YYYYMMDD, the bounds are ms since the epoch. */
export interface DayPlan {
  readonly business: Business
  readonly seed: number
  readonly day: number
  readonly date: string
  readonly startMs: number
  readonly endMs: number
  readonly rows: number
  readonly slow: boolean
  readonly failureScale: number
  readonly stuckShare: number
  readonly canceledShare: number
  readonly twinShare: number
  readonly hugeShare: number
  readonly bulkUploads: ReadonlyArray<BulkUpload>
}

interface PlannedFile {
  readonly category: number
  readonly formats: ReadonlyArray<number>
  /** The number in its name: that of another file where the same one is encoded again. */
  readonly name: number
}

const NEVER = 0xffffffff
const OUTCOMES = ["COMPLETE", "FAILURE", "CANCELED"] as const
const BLANK_ALWAYS = 4
const ROWS_BITS = 2 ** 24

/** A category whose id no double can hold, for `hugeShare`. */
const HUGE_CATEGORY_ID = 9_007_199_254_740_993n

const pickCategory = (categories: ReadonlyArray<BusinessCategory>, share: number): number => {
  let left = share * categories.reduce((sum, { weight }) => sum + weight, 0)
  const index = categories.findIndex(({ weight }) => (left -= weight) < 0)
  return Math.max(index, 0)
}

export class GeneratedDay implements WorldDay {
  readonly count: number
  readonly #plan: DayPlan
  readonly #requested: Uint32Array
  readonly #waits: Uint32Array
  readonly #runs: Uint32Array
  readonly #fileOf: Uint32Array
  readonly #formatOf: Uint8Array
  readonly #flags: Uint8Array
  readonly #categoryOfFile: Uint8Array
  readonly #nameOfFile: Uint32Array
  readonly #linkPrefixes: ReadonlyArray<string>

  constructor(plan: DayPlan) {
    const bulkRows = plan.bulkUploads.reduce((sum, bulk) => sum + bulk.rows, 0)
    this.count = plan.rows + bulkRows
    this.#plan = plan
    this.#requested = new Uint32Array(this.count)
    this.#waits = new Uint32Array(this.count)
    this.#runs = new Uint32Array(this.count)
    this.#fileOf = new Uint32Array(this.count)
    this.#formatOf = new Uint8Array(this.count)
    this.#flags = new Uint8Array(this.count)
    this.#categoryOfFile = new Uint8Array(this.count)
    this.#nameOfFile = new Uint32Array(this.count)
    this.#linkPrefixes = plan.business.categories.map(
      ({ name }) => `${plan.business.linkPrefix}/${encodeURIComponent(name)}/`,
    )
    this.#fill()
  }

  #files(random: () => number): Array<PlannedFile> {
    const { business, rows, twinShare } = this.#plan
    const files: Array<PlannedFile> = []
    for (let planned = 0; planned < rows; planned += files.at(-1)!.formats.length) {
      if (files.length > 0 && random() < twinShare) {
        files.push(files[Math.floor(random() * files.length)]!)
        continue
      }
      const category = pickCategory(business.categories, random())
      const all = business.categories[category]!.formats
      const formats = all.slice(0, 3 + Math.floor(random() * (all.length - 2)))
      files.push({ category, formats, name: files.length })
    }
    return files
  }

  #fill(): void {
    const plan = this.#plan
    const random = seededRandom(hashOf(plan.seed, plan.day, 1))
    const quantile = dailyRhythm(plan.business.rhythm)
    const length = plan.endMs - plan.startMs
    const files = this.#files(random)
    const bulks = plan.bulkUploads.toSorted((a, b) => a.atMs - b.atMs)
    let row = 0
    let bulk = 0
    let bulkFile = files.length
    let last = 0
    const emitBulks = (before: number): void => {
      for (; bulk < bulks.length && bulks[bulk]!.atMs < before; bulk++) {
        const { atMs, rows, blank } = bulks[bulk]!
        const category = plan.day % plan.business.categories.length
        last = Math.max(atMs, last)
        for (let n = 0; n < rows; n++, row++, bulkFile++) {
          this.#categoryOfFile[bulkFile] = category
          this.#nameOfFile[bulkFile] = bulkFile
          this.#emit(row, last, bulkFile, plan.business.categories[category]!.formats[0]!, random)
          if (blank === "always") this.#flags[row]! |= BLANK_ALWAYS
        }
      }
    }
    let regular = 0
    for (const [file, { category, formats, name }] of files.entries()) {
      const at = Math.floor(quantile((file + random()) / files.length) * length)
      emitBulks(at)
      this.#categoryOfFile[file] = category
      this.#nameOfFile[file] = name
      for (const format of formats.slice(0, plan.rows - regular)) {
        // The outputs of one submission are requested together, give or take the time of writing them down.
        last = Math.min(Math.max(last, at + Math.floor(random() * 2)), length - 1)
        this.#emit(row++, last, file, format, random)
        regular++
      }
    }
    emitBulks(Infinity)
  }

  #emit(row: number, at: number, file: number, format: number, random: () => number): void {
    const p = this.#plan
    const category = p.business.categories[this.#categoryOfFile[file]!]!
    const { effort, failureRate } = p.business.formats[format]!
    const playing = this.#playingSeconds(file, category)
    const backlog = p.slow ? random() * 10 * 3_600_000 * Math.sin((Math.PI * at) / 86_400_000) ** 2 : 0
    const wait = 2_000 + Math.floor(-Math.log(1 - random()) * 25_000 + backlog)
    const run = 3_000 + Math.floor(playing * 1_000 * effort * (0.7 + 0.6 * random()))
    const fate = random()
    const canceled = fate < p.canceledShare
    const stuck = !canceled && fate < p.canceledShare + p.stuckShare
    const failed = random() < failureRate * p.failureScale
    const outcome = canceled ? 2 : failed ? 1 : 0
    // A cancelled encoding may never have been started, one that fails does so underway, a stuck one never ends.
    const part = outcome === 0 ? 1 : random()
    this.#requested[row] = at
    this.#waits[row] = stuck && random() < 0.25 ? NEVER : wait
    this.#runs[row] = stuck ? NEVER : canceled && part < 0.5 ? 0 : Math.max(1, Math.floor(run * part))
    this.#fileOf[row] = file
    this.#formatOf[row] = format
    this.#flags[row] = outcome
  }

  #playingSeconds(file: number, category: BusinessCategory): number {
    const share = shareOf(this.#plan.seed, this.#plan.day, this.#nameOfFile[file])
    return category.shortest + share * (category.longest - category.shortest)
  }

  timeAt(index: number): number {
    return this.#plan.startMs + this.#requested[index]!
  }

  #startAt(index: number): number {
    const wait = this.#waits[index]!
    return wait === NEVER ? Infinity : this.timeAt(index) + wait
  }

  #endAt(index: number): number {
    const run = this.#runs[index]!
    return run === NEVER ? Infinity : this.#startAt(index) + run
  }

  statusAt(index: number, nowMs: number): string {
    return statusAt(this.#startAt(index), this.#endAt(index), OUTCOMES[this.#flags[index]! & 3]!, nowMs)
  }

  rowAt(index: number): TrueRow {
    const { business, seed, day, date, hugeShare } = this.#plan
    const file = this.#fileOf[index]!
    const name = this.#nameOfFile[file]!
    const category = business.categories[this.#categoryOfFile[file]!]!
    const format = business.formats[this.#formatOf[index]!]!
    const flags = this.#flags[index]!
    const nameHash = hashOf(seed, name, day + 7)
    const tail = `${category.filePrefix}_${date}_${name}_${nameHash.toString(36)}_${format.name}.mp4`
    const huge = hugeShare > 0 && shareOf(seed, name, day + 11) < hugeShare
    const bytes = Math.floor(this.#playingSeconds(file, category) * format.bytesPerSecond)
    return {
      key: day * ROWS_BITS + index,
      requestTimeMs: this.timeAt(index),
      categoryId: huge ? HUGE_CATEGORY_ID : category.id,
      categoryName: category.name,
      filePath: `/${category.name}/${tail}`,
      outputType: format.name,
      link: this.#linkPrefixes[this.#categoryOfFile[file]!]! + tail,
      outputTotalSize: huge ? HUGE_CATEGORY_ID + BigInt(bytes * 2) : BigInt(bytes),
      startMs: this.#startAt(index),
      endMs: this.#endAt(index),
      outcome: OUTCOMES[flags & 3]!,
      blankPath: (flags & BLANK_ALWAYS) > 0 ? "always" : "waiting",
    }
  }
}
