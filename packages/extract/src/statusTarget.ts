/** The request target of one page of the status list: built once as a string, signed and sent as it is (API facts, 4.2). */

/** One page of the list of encodings that were requested in [`from`, `to`], both inclusive, epoch ms. */
export interface StatusPageRequest {
  /** From 1. */
  readonly pageNo: number
  /** At least 10 (API facts, 1.2). */
  readonly pageSizeNo: number
  readonly from: number
  readonly to: number
}

/** All values are whole numbers, so that nothing in it needs encoding. */
export const statusTarget = (pathPrefix: string, request: StatusPageRequest): string =>
  `${pathPrefix}/api/v2/status?pageNo=${request.pageNo}&pageSizeNo=${request.pageSizeNo}` +
  `&workStartTimeFrom=${request.from}&workStartTimeTo=${request.to}`
