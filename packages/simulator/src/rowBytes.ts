/**
 * The JSON text of a row in the generation and looseness that the gateway was told to serve. It depends on nothing but
 * seed, row and state, so that a row which did not change is served unchanged.
 */
import { byteText, jsonBytes, knownJsonBytes, pathJsonBytes } from "./byteText.ts"
import { looseKinds } from "./LooseKind.ts"
import { loosenRow } from "./loosenRow.ts"
import { currentFields, fieldNames, oldFields, RowDraft, type AsServed } from "./RowDraft.ts"
import { hashOf, shareOf } from "./seededHash.ts"
import type { BehaviourOptions } from "./SimulatorOptions.ts"
import { koreanWallText } from "./timeText.ts"
import { stateAt, type RowState, type TrueRow } from "./TrueRow.ts"

/** The options that decide about the shape of rows. */
export type ShapeOptions = Pick<BehaviourOptions, "generation" | "mixing" | "looseness" | "looseKinds">

const plainBytes = (state: RowState): string => {
  let text = `{"categoryId":${state.categoryId},"categoryName":${knownJsonBytes(state.categoryName)},"filePath":`
  text += `${pathJsonBytes(state.filePath)},"outputType":${knownJsonBytes(state.outputType)}`
  if (state.link !== null) text += `,"link":${jsonBytes(state.link)}`
  if (state.outputTotalSize !== null) text += `,"outputTotalSize":${state.outputTotalSize}`
  if (state.lastWorkTimeMs !== null) text += `,"lastWorkTime":"${koreanWallText(state.lastWorkTimeMs)}+0900"`
  text += `,"status":${knownJsonBytes(state.status)}`
  return state.percent === null ? `${text}}` : `${text},"percent":${state.percent}}`
}

const drafted = (row: TrueRow, state: RowState, options: ShapeOptions, seed: number): RowDraft => {
  const draft = new RowDraft(state)
  const salt = hashOf(seed, row.key, 21)
  for (const [index, name] of fieldNames.entries()) {
    const old =
      options.generation === "old" ||
      (options.generation === "mixed" &&
        shareOf(seed, row.key, options.mixing === "row" ? 22 : 30 + index) < 0.5)
    const write = (old ? oldFields : currentFields)[name]
    write(draft, salt)
  }
  if (shareOf(seed, row.key, 23) < options.looseness) {
    const kinds = options.looseKinds.length === 0 ? looseKinds : options.looseKinds
    const touched = new Set<string>()
    for (let n = 0; n <= salt % 3; n++) {
      const kind = kinds[hashOf(seed, row.key, 50 + n) % kinds.length]!
      // Kinds that begin with the same word are about the same field, and would undo each other.
      const field = /^[a-z]+/.exec(kind)![0]
      if (!touched.has(field)) loosenRow(kind, draft, hashOf(seed, row.key, 60 + n))
      touched.add(field)
    }
  }
  return draft
}

/** The bytes of the JSON text of a row at `nowMs`, one character each (see byteText). */
export const rowBytes = (row: TrueRow, nowMs: number, options: ShapeOptions, seed: number): string => {
  if (row.json !== undefined) return byteText(row.json)
  const state = stateAt(row, nowMs)
  return options.generation === "current" && options.looseness === 0
    ? plainBytes(state)
    : byteText(drafted(row, state, options, seed).json())
}

/** What the text of a row at `nowMs` can tell. A hand-written `json` is taken to tell what the row says. */
export const asServed = (row: TrueRow, nowMs: number, options: ShapeOptions, seed: number): AsServed => {
  const served = drafted(row, stateAt(row, nowMs), options, seed).finish()
  return row.json === undefined ? served : { ...served, json: row.json }
}
