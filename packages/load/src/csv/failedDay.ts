/** The ledger's row of a day after an attempt to read it failed. */
import type { LedgerDay } from "@vodstation-etl/core/Reading"

/** Of a day that was loaded before only `error` changes. */
export const failedDay = (
  known: LedgerDay | undefined,
  workDate: string,
  runId: string,
  error: string,
): LedgerDay =>
  known !== undefined && known.state !== "failed"
    ? { ...known, error }
    : {
        workDate,
        state: "failed",
        proof: null,
        apiTotal: null,
        rowCount: null,
        openRows: null,
        rejectedRows: null,
        requests: null,
        pages: null,
        readAt: null,
        runId,
        digest: null,
        error,
      }
