/**
 * The orders and equalities that merging and files rest on. Text goes by UTF-8 bytes, as in Postgres; NULL comes first.
 */
import type { Encoding, StoredEncoding } from "./Encoding.ts"
import { compareUtf8 } from "./compareUtf8.ts"

const compareNullable = <A>(a: A | null, b: A | null, compare: (a: A, b: A) => number): number =>
  a === null ? (b === null ? 0 : -1) : b === null ? 1 : compare(a, b)

const compareValues = <A extends number | bigint>(a: A, b: A): number => (a < b ? -1 : a > b ? 1 : 0)

type Identity = Pick<Encoding, "categoryId" | "filePath" | "outputType">

/** By category, path and output type. */
export const compareIdentities = (a: Identity, b: Identity): number =>
  compareValues(a.categoryId, b.categoryId) ||
  compareUtf8(a.filePath, b.filePath) ||
  compareUtf8(a.outputType, b.outputType)

/** By the archive's key within a day. */
export const compareKeys = (
  a: Identity & Pick<StoredEncoding, "occurrence">,
  b: Identity & Pick<StoredEncoding, "occurrence">,
): number => compareIdentities(a, b) || a.occurrence - b.occurrence

/** By `lastWorkTime`, then the other columns: the order in which twins are paired. Identities are taken as equal. */
export const compareTwins = (a: Encoding, b: Encoding): number =>
  compareNullable(a.lastWorkTime, b.lastWorkTime, compareValues) ||
  compareNullable(a.categoryName, b.categoryName, compareUtf8) ||
  compareNullable(a.status, b.status, compareUtf8) ||
  compareNullable(a.link, b.link, compareUtf8) ||
  compareNullable(a.percent, b.percent, compareValues) ||
  compareNullable(a.outputTotalSize, b.outputTotalSize, compareValues) ||
  compareUtf8(a.anomalies.join("\n"), b.anomalies.join("\n")) ||
  compareNullable(a.raw, b.raw, compareUtf8) ||
  a.requestedFrom - b.requestedFrom ||
  a.requestedBefore - b.requestedBefore

/**
 * The row's state as one string: equal for two rows exactly when no column of the state differs. `missingSince`,
 * `requestedFrom` and `requestedBefore` are no part of the state (design, "Merging a snapshot").
 */
export const stateOf = (row: Encoding): string =>
  JSON.stringify([
    row.categoryName,
    row.status,
    row.link,
    row.percent,
    row.outputTotalSize === null ? null : String(row.outputTotalSize),
    row.lastWorkTime,
    row.anomalies,
    row.raw,
  ])
