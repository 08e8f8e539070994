/** Errors of the gateway that concern what was asked for, so that the next question may well be answered; others end the run. */
export const gatewayDayErrors = [
  "AnswerUnreadable",
  "BadRequest",
  "ClockOff",
  "GatewayBroken",
  "NetworkFailed",
  "Throttled",
] as const
