/** The request targets that we ask for: built once as a string, signed and sent as it is (API facts, 4.2). */

/** Encodings that were requested in [`from`, `to`], both inclusive, epoch ms. */
export interface WindowRequest {
  readonly from: number
  readonly to: number
}

/** One page of the list of encodings of a window. */
export interface StatusPageRequest extends WindowRequest {
  /** From 1. */
  readonly pageNo: number
  /** At least 10 (API facts, 1.2). */
  readonly pageSizeNo: number
}

/** All values are whole numbers, so that nothing in it needs encoding. */
export const statusTarget = (pathPrefix: string, request: StatusPageRequest): string =>
  `${pathPrefix}/api/v2/status?pageNo=${request.pageNo}&pageSizeNo=${request.pageSizeNo}&${windowQuery(request)}`

/** The account's statistics of a window (API facts, 2.2). */
export const statisticTarget = (pathPrefix: string, request: WindowRequest): string =>
  `${pathPrefix}/api/v2/status/status-statistic?${windowQuery(request)}`

const windowQuery = ({ from, to }: WindowRequest): string => `workStartTimeFrom=${from}&workStartTimeTo=${to}`
