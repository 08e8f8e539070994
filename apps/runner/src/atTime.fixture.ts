/** Runs of the program at another time than the present, so that nights can follow one another within seconds. */

/** Environment of a process whose clock begins at `ms`, and goes on from there. */
export const atTime = (ms: number): Readonly<Record<string, string>> => {
  const script = `const real=Date.now,ahead=${ms}-real();Date.now=()=>real()+ahead`
  return { NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(script)}` }
}
