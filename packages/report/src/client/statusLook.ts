/** How a status looks: by what it means for the encoding, since the API may name states that we do not know. */
export type StatusLook = "complete" | "failure" | "canceled" | "unfinished"

const looks: Readonly<Record<string, StatusLook>> = {
  COMPLETE: "complete",
  FAILURE: "failure",
  CANCELED: "canceled",
}

export const statusLook = (status: string | null): StatusLook =>
  (status === null ? undefined : looks[status]) ?? "unfinished"
