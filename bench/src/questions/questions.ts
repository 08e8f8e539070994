/** What people ask the archive's views, of ninety days where days can be chosen. `$1` and `$2` are the first day and the day after the last one. */

export interface Question {
  readonly title: string
  readonly sql: string
  /** False for a view whose every row needs all that came before: it is told, and held against nothing. */
  readonly isOfDays: boolean
}

const ofDays = (title: string, sql: string): Question => ({ title, sql, isOfDays: true })
const ofAll = (title: string, sql: string): Question => ({ title, sql, isOfDays: false })

const days = "work_date >= $1 AND work_date < $2"

export const questions: ReadonlyArray<Question> = [
  ofDays("daily_outcome: outcome by day", `SELECT * FROM daily_outcome WHERE ${days} ORDER BY work_date`),
  ofDays(
    "category_outcome: failures and size by category",
    `SELECT category_id, max(category_name), sum(failure), sum(encodings), sum(output_bytes)
     FROM category_outcome WHERE ${days} GROUP BY category_id ORDER BY sum(failure) DESC`,
  ),
  ofDays(
    "output_type_outcome: failure rate by format and week",
    `SELECT date_trunc('week', work_date), output_type, 100.0 * sum(failure) / nullif(sum(complete + failure), 0)
     FROM output_type_outcome WHERE ${days} GROUP BY 1, 2 ORDER BY 1, 2`,
  ),
  ofDays(
    "failed_encoding: files that fail most",
    `SELECT file_path, count(*) FROM failed_encoding WHERE ${days} GROUP BY file_path ORDER BY count(*) DESC LIMIT 20`,
  ),
  ofDays(
    "encoding_timeline: what was under way on a day",
    `SELECT status, count(*) FROM encoding_timeline
     WHERE ${days} AND valid_from <= $2::date AND (valid_to IS NULL OR valid_to > $2::date) GROUP BY status`,
  ),
  ofDays(
    "category_outcome: storage added by month",
    `SELECT date_trunc('month', work_date), category_id, sum(output_bytes)
     FROM category_outcome WHERE ${days} GROUP BY 1, 2 ORDER BY 1, 3 DESC`,
  ),
  ofDays("coverage: how days were read", `SELECT * FROM coverage WHERE ${days} ORDER BY work_date`),
  ofAll("stuck_encoding: all", "SELECT * FROM stuck_encoding ORDER BY age_days DESC"),
  ofAll("storage_growth: all months", "SELECT * FROM storage_growth ORDER BY 1"),
]
