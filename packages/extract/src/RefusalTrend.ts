/**
 * Whether refusals come because of how much is asked at once, or by chance, whatever is asked. Pure.
 *
 * A gateway with a limit refuses a good share of what goes beyond it, and nothing of what does not. So a refusal is put down
 * to chance as long as there are no more of them, nor any closer together, than chance brings: one in a hundred as long as nothing
 * is known, or as many as came where less was asked at once, which is what a cut finds out.
 */

/** The share of the requests that is taken to be refused by chance before anything is known. */
const usualShare = 0.01

/** Answers over which counts fade. */
const memory = 200
const bandMemory = 1_000

/** What is refused so soon after a cut is refused by a limit that lies lower still, and shows nothing of chance. */
const cutIsFelt = 5

/** Answers that a share is watered down by, so that few show little. */
const doubt = 20
/** Shares that were seen may be so many times larger in truth. */
const margin = 2

class Counts {
  answers = 0
  refusals = 0

  see(isRefusal: boolean, memory: number): void {
    const kept = 1 - 1 / memory
    this.answers = this.answers * kept + 1
    this.refusals = this.refusals * kept + Number(isRefusal)
  }
}

export class RefusalTrend {
  /** Since so much was asked at once as now. */
  private here = new Counts()
  /** By how much was asked at once. */
  private readonly bands: Array<Counts> = []
  private sinceCut = 0
  /** Since the last refusal, or since the level rose or was cut. */
  private sinceRefusal = 0

  /** @param level how much is asked at once; below one, with pauses */
  letThrough(level: number): void {
    this.sinceRefusal++
    this.sinceCut++
    this.here.see(false, memory)
    this.band(level).see(false, bandMemory)
  }

  /**
   * Takes note of a refusal; tells whether it is to be put down to chance.
   *
   * @param isSuspect whether so much was refused before, so that only what is known of chance speaks for it
   */
  isByChance(level: number, isSuspect: boolean): boolean {
    this.here.see(true, memory)
    if (this.sinceCut >= cutIsFelt) this.band(level).see(true, bandMemory)
    const share = Math.max(isSuspect ? 0 : usualShare, this.shareBelow(level))
    const gap = this.sinceRefusal * share
    const expected = this.here.answers * share
    this.sinceRefusal = 0
    this.sinceCut++
    // Neither among the closest tenth of gaps, nor, nearly, in the upper tenth of a Poisson distribution.
    return gap > 0.1 && this.here.refusals <= expected + 1.28 * Math.sqrt(expected) + 0.5
  }

  /** More is asked at once from now on. */
  rose(): void {
    this.here = new Counts()
    this.sinceRefusal = 0
  }

  wasCut(): void {
    this.rose()
    this.sinceCut = 0
  }

  private band(level: number): Counts {
    return (this.bands[bandOf(level)] ??= new Counts())
  }

  /** The share that was refused where less was asked: a limit between there and here refused none of it. */
  private shareBelow(level: number): number {
    let [answers, refusals] = [0, 0]
    this.bands.slice(0, bandOf(level)).forEach((counts) => {
      answers += counts.answers
      refusals += counts.refusals
    })
    return refusals < 2 ? 0 : (margin * refusals) / (answers + doubt)
  }
}

/** Four bands for each doubling, from a four thousandth on. */
const bandOf = (level: number): number => Math.max(0, Math.floor(4 * (Math.log2(level) + 12)))
