/**
 * The ways in which a served row can differ from what the documentation promises.
 */

/** Other documented or plausible shapes: everything can still be understood (API facts 1.4, 2.5, 7). */
export const readableKinds = [
  "categoryIdText",
  "categoryNameNull",
  "pathNull",
  "pathAbsent",
  "outputTypeNull",
  "outputTypeNumber",
  "linkBoolean",
  "linkNull",
  "linkEmpty",
  "sizeText",
  "percentText",
  "percentSign",
  "timeBasicOffset",
  "timeColonOffset",
  "timeZulu",
  "timeFraction",
  "timeNoOffset",
  "timeEpoch",
  "timeEpochText",
  "timeObject",
  "timeEpochSecond",
  "statusLower",
  "statusUnknown",
  "unknownFields",
  "otherOrder",
] as const

/** A field that cannot be understood, in a row that can. */
export const unreadableKinds = [
  "sizeUnreadable",
  "percentUnreadable",
  "timeUnreadable",
  "linkUnreadable",
  "statusUnreadable",
  "badText",
] as const

/** A row without a usable identity. */
export const rejectedKinds = [
  "categoryIdAbsent",
  "categoryIdNull",
  "categoryIdUnreadable",
  "longIdentity",
] as const

export type LooseKind =
  | (typeof readableKinds)[number]
  | (typeof unreadableKinds)[number]
  | (typeof rejectedKinds)[number]

export const looseKinds: ReadonlyArray<LooseKind> = [...readableKinds, ...unreadableKinds, ...rejectedKinds]
