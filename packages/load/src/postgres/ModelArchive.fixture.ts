/** For tests: an archive in memory that is nothing but core's rules, one identity at a time. What every archive must equal. */
import { dayShrunk, dayShrunkError } from "@vodstation-etl/core/DayShrunk"
import type { Encoding, Reject, StoredEncoding, SupersededEncoding } from "@vodstation-etl/core/Encoding"
import { identityOf } from "@vodstation-etl/core/Encoding"
import type { MergeCounts } from "@vodstation-etl/core/MergeCounts"
import { type Fate, mergeIdentity, type MergeReading } from "@vodstation-etl/core/mergeIdentity"
import { mergeRejects, type StoredReject } from "@vodstation-etl/core/mergeRejects"
import { dayState, type LedgerDay, type Reading } from "@vodstation-etl/core/Reading"
import type { DayCommit } from "../Archive.ts"

interface ModelDay {
  rows: ReadonlyArray<StoredEncoding>
  history: ReadonlyArray<SupersededEncoding>
  rejects: ReadonlyArray<StoredReject>
  ledger: LedgerDay | undefined
}

export class ModelArchive {
  private readonly days = new Map<string, ModelDay>()

  day(workDate: string): ModelDay {
    let day = this.days.get(workDate)
    if (day === undefined) {
      day = { rows: [], history: [], rejects: [], ledger: undefined }
      this.days.set(workDate, day)
    }
    return day
  }

  commit(
    reading: Reading,
    incoming: ReadonlyArray<Encoding>,
    rejects: ReadonlyArray<Reject>,
    runId: string,
  ): DayCommit {
    const day = this.day(reading.workDate)
    if (day.ledger !== undefined && day.ledger.readAt !== null && day.ledger.readAt > reading.readAt)
      return { _tag: "Outdated" }
    const stored = day.rows.filter(({ missingSince }) => missingSince === null).length
    const { counts } = mergeRows(day, incoming, { ...reading, runId })
    const shrunk = dayShrunk(reading, runId, { stored, counts, before: day.ledger })
    const believed = { ...reading, runId, strong: reading.strong && shrunk === null }
    const merged = mergeRows(day, incoming, believed)
    day.rows = merged.rows
    day.history = [...day.history, ...merged.history]
    const tally = Map.groupBy(rejects, (reject) => reject.fingerprint)
    const counted = [...tally.values()].map((same) => ({ ...same[0]!, count: same.length }))
    day.rejects = mergeRejects(day.rejects, counted, believed)
    const holdsRows = [...this.days.values()].some(({ rows }) => rows.length > 0)
    const state = dayState(believed, holdsRows)
    const { readAt, proof, apiTotal, rowCount, openRows, rejectedRows, requests, pages, digest } = reading
    day.ledger = {
      ...{
        workDate: reading.workDate,
        state,
        proof,
        apiTotal,
        rowCount,
        openRows,
        rejectedRows,
        requests,
        pages,
      },
      ...{ readAt, runId, digest, error: shrunk === null ? null : dayShrunkError(shrunk) },
    }
    return { _tag: "Merged", counts: merged.counts, state, shrunk }
  }
}

const mergeRows = (
  day: ModelDay,
  incoming: ReadonlyArray<Encoding>,
  reading: MergeReading,
): Pick<ModelDay, "rows" | "history"> & { readonly counts: MergeCounts } => {
  const stored = Map.groupBy(day.rows, identityOf)
  const staged = Map.groupBy(incoming, identityOf)
  const merged = [...new Set([...stored.keys(), ...staged.keys()])].map((identity) =>
    mergeIdentity(stored.get(identity) ?? [], staged.get(identity) ?? [], reading),
  )
  const count = (fate: Fate) => merged.flatMap(({ rows }) => rows).filter((row) => row.fate === fate).length
  const inserted = count("inserted")
  const changed = count("changed")
  return {
    rows: merged.flatMap(({ rows }) => rows.map(({ row }) => row)),
    history: merged.flatMap(({ superseded, withdrawn }) => [...superseded, ...withdrawn]),
    counts: {
      inserted,
      changed,
      unchanged: incoming.length - inserted - changed,
      missing: count("missing"),
      withdrawn: merged.flatMap(({ withdrawn }) => withdrawn).length,
    },
  }
}
