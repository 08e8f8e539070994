/** What every answer tells a browser to keep to: nothing is kept, framed, guessed at, or given to other sites. */

/** @param policy of the page; what is no page may do nothing */
export const answerHeaders = (policy = "default-src 'none'; base-uri 'none'; form-action 'none'") => ({
  "content-security-policy": `${policy}; frame-ancestors 'none'`,
  "x-frame-options": "DENY",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "cache-control": "no-store",
})
