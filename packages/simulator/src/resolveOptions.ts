/**
 * Fills in what was not said, and refuses what makes no sense.
 */
import { dateOf } from "./dayStarts.ts"
import {
  type BehaviourOptions,
  defaultBehaviour,
  defaultKeyPair,
  type SimulatorOptions,
} from "./SimulatorOptions.ts"
import type { WorldPlan } from "./World.ts"

/** All options with their defaults, the world's apart from the behaviour's. */
export interface ResolvedOptions {
  readonly plan: WorldPlan
  readonly behaviour: BehaviourOptions
  readonly port: number
  readonly credentials: SimulatorOptions["credentials"]
  readonly now: number | null
  readonly clock: "fixed" | "ticking"
}

const MOST_ROWS_PER_DAY = 2 ** 24

const checkWhole = (name: string, value: number, least: number, most: number): void => {
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new RangeError(`${name} must be a whole number from ${least} to ${most}: ${value}`)
  }
}

const checkShare = (name: string, value: number): void => {
  if (!(value >= 0 && value <= 1)) throw new RangeError(`${name} must be from 0 to 1: ${value}`)
}

/** Throws a RangeError that names the option. */
export const resolveOptions = (options: Partial<SimulatorOptions>): ResolvedOptions => {
  const {
    port = 0,
    credentials = [defaultKeyPair],
    now = null,
    clock = "fixed",
    preset = "videoBusiness",
    seed = 1,
    zone = "Asia/Seoul",
    days = 8,
    firstDay = dateOf(zone, now ?? Date.now(), 1 - days),
    rowsPerDay = 1_000,
    slowDay = Math.floor(days / 2),
    failureScale = 1,
    stuckShare = 0.0005,
    canceledShare = 0.004,
    twinShare = 0.002,
    hugeShare = (options.looseness ?? 0) / 10,
    bulkUploads = [],
    ...chosen
  } = options
  const behaviour: BehaviourOptions = { ...defaultBehaviour, ...chosen }
  checkWhole("port", port, 0, 65_535)
  checkWhole("days", days, 0, 36_600)
  if (typeof rowsPerDay === "number") checkWhole("rowsPerDay", rowsPerDay, 0, MOST_ROWS_PER_DAY)
  const { looseness, faults, drift } = behaviour
  const shares = { looseness, faults, drift, stuckShare, canceledShare, twinShare, hugeShare }
  for (const [name, value] of Object.entries(shares)) checkShare(name, value)
  if (credentials.length === 0) throw new RangeError("credentials must hold a key pair")
  const plan: WorldPlan = {
    preset,
    seed,
    zone,
    days,
    firstDay,
    rowsPerDay,
    slowDay,
    failureScale,
    stuckShare,
    canceledShare,
    twinShare,
    hugeShare,
    bulkUploads,
  }
  return { plan, behaviour, port, credentials, now, clock }
}
