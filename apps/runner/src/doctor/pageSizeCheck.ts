/** How many rows the gateway serves at once, which it documents no limit of. */
import type { StatusPage } from "@vodstation-etl/extract/Gateway"
import type { StatusList } from "@vodstation-etl/extract/StatusList"
import type { Check } from "./Check.ts"
import { ok } from "./Check.ts"

/** @param page the first one, asked for with `asked` rows, or fewer where those were refused */
export const pageSizeCheck = (page: StatusPage, asked: number, list: StatusList["Service"]): Check => {
  const { total, rowCount: served } = page.answer
  const accepted = list.pageSize()
  if (served < Math.min(total, accepted)) {
    return ok("page size", `${served} rows at most, of ${asked} asked for; pages are counted by that`)
  }
  if (accepted < asked) return ok("page size", `${accepted} rows are served, more (${asked}) are refused`)
  return ok(
    "page size",
    served < asked ? `${asked} asked for; there are only ${served} rows` : `${served} rows, as asked for`,
  )
}
