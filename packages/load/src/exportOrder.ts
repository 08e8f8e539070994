/** In which order the rows of a table or view are exported that has no primary key, as history and views. */

/** What a row of the archive is known by. */
const archiveKey = ["work_date", "category_id", "file_path", "output_type", "occurrence"]
/** When a state began and ended: states of one key stand in the order of their time. */
const stateTimes = ["changed_at", "superseded_at"]

/**
 * By every column, those first that rows are known by, so that only rows that are alike in all of them stand in no order.
 *
 * @param columns as they stand in the table
 */
export const exportOrder = (columns: ReadonlyArray<string>): ReadonlyArray<string> => {
  const first = columns.includes("superseded_at") ? [...archiveKey, ...stateTimes] : archiveKey
  const known = first.filter((name) => columns.includes(name))
  return [...known, ...columns.filter((name) => !known.includes(name))]
}
