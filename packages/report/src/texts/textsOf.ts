/** The page's words in the language that was asked for. */
import { english } from "./english.ts"
import { korean } from "./korean.ts"
import type { Language, ReportTexts } from "./ReportTexts.ts"

export const textsOf = (language: Language): ReportTexts => (language === "ko" ? korean : english)
