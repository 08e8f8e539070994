/** How an error is told: one line that says what happened, where, and what to do now, and ends with its name (docs/errors.md). */

export interface NamedError {
  readonly _tag: string
  readonly message: string
}

export const errorLine = ({ _tag, message }: NamedError): string =>
  `vodstation-etl: ${message.replaceAll(/\s*\n\s*/g, " ")} [${_tag}]`
