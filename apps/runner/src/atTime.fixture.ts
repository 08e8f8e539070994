/** Runs of the program by another clock than ours, so that nights can follow one another within seconds. */

const startingWith = (script: string): Readonly<Record<string, string>> => ({
  NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(script)}`,
})

/** Environment of a process whose clock begins at `ms`, and goes on from there. */
export const atTime = (ms: number): Readonly<Record<string, string>> => startingWith(beginAt(ms))

/** Environment of a process to which a second of ours is as long as so many, so that it loses its patience sooner. */
export const inHaste = (seconds: number): Readonly<Record<string, string>> =>
  startingWith(`const real=Date.now,began=real();Date.now=()=>began+(real()-began)*${seconds}`)

const waiting = "const dice=Math.random;Math.random=()=>dice()/40"

/** Environment of a process whose dice always fall low, so that it waits a fortieth at most of what it might between two attempts. */
export const waitingLittle = startingWith(waiting)

/** The same, with a clock that begins at `ms`. */
export const waitingLittleAt = (ms: number): Readonly<Record<string, string>> =>
  startingWith(`${beginAt(ms)};${waiting}`)

/** Environment of a process whose clock begins at `ms`, and leaps by so many at a SIGUSR2. */
export const leapingClock = (ms: number, leap: number): Readonly<Record<string, string>> =>
  startingWith(`${beginAt(ms)};process.once("SIGUSR2",()=>{ahead+=${leap}})`)

/** Environment of processes whose clocks are all ahead of ours by so many ms. */
export const aheadBy = (ms: number): Readonly<Record<string, string>> =>
  startingWith(`const real=Date.now;Date.now=()=>real()+${ms}`)

const beginAt = (ms: number) => `const real=Date.now;let ahead=${ms}-real();Date.now=()=>real()+ahead`
