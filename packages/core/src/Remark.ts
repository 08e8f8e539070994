/**
 * What a field reader (`readInteger`, `readText`, …) gives back. Nearly every field of nearly every row is simply its
 * value, so that is returned bare; only a field with something to remember costs an object.
 */
export class Remark<A> {
  /** What goes into the column. */
  readonly value: A | null
  /** What was wrong, without the field's name and without any value of the row; null if nothing was. */
  readonly anomaly: string | null

  constructor(value: A | null, anomaly: string | null) {
    this.value = value
    this.anomaly = anomaly
  }
}

/**
 * A field as it was read: its value; null for a field that is absent, null or says nothing; or a `Remark`, which always
 * means that the columns do not say it all, so that the row's text is kept in `raw`.
 */
export type FieldRead<A extends string | number | bigint> = A | null | Remark<A>

/** A field that cannot be read: NULL in its column. Made once per reason, not per row. */
export const unreadable = (anomaly: string): Remark<never> => new Remark<never>(null, anomaly)
