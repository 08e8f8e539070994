/**
 * Which fault a request meets: by plan, by quota, or by chance.
 */
import { defaultFaultWeights, faultKinds, type FaultKind } from "./FaultKind.ts"
import type { SeenRequest } from "./SeenRequest.ts"
import { shareOf } from "./seededHash.ts"
import type { BehaviourOptions } from "./SimulatorOptions.ts"

/** The fault of this request, or null. By chance it depends on the seed and the request's number only. */
export const chooseFault = (
  request: SeenRequest,
  options: Pick<BehaviourOptions, "faults" | "faultKinds" | "faultPlan" | "quotaAfterRequests">,
  seed: number,
): FaultKind | null => {
  if (options.quotaAfterRequests !== null && request.number > options.quotaAfterRequests) return "quota"
  const planned = options.faultPlan?.(request)
  if (planned !== undefined) return planned
  if (shareOf(seed, request.number, 71) >= options.faults) return null
  const weights = Object.keys(options.faultKinds).length === 0 ? defaultFaultWeights : options.faultKinds
  const sum = faultKinds.reduce((total, kind) => total + (weights[kind] ?? 0), 0)
  let left = shareOf(seed, request.number, 72) * sum
  return faultKinds.find((kind) => (left -= weights[kind] ?? 0) < 0) ?? null
}
