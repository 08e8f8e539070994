/** Runs of the program by another clock than ours, so that nights can follow one another within seconds. */

/** Environment of a process whose clock begins at `ms`, and goes on from there. */
export const atTime = (ms: number): Readonly<Record<string, string>> => {
  const script = `const real=Date.now,ahead=${ms}-real();Date.now=()=>real()+ahead`
  return { NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(script)}` }
}

/** Environment of a process to which a second of ours is as long as so many, so that it loses its patience sooner. */
export const inHaste = (seconds: number): Readonly<Record<string, string>> => {
  const script = `const real=Date.now,began=real();Date.now=()=>began+(real()-began)*${seconds}`
  return { NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(script)}` }
}

/** Environment of processes whose clocks are all ahead of ours by so many ms. */
export const aheadBy = (ms: number): Readonly<Record<string, string>> => {
  const script = `const real=Date.now;Date.now=()=>real()+${ms}`
  return { NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(script)}` }
}
