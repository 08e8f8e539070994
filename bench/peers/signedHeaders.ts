/** The gateway's signature, version 2, as its documentation describes it. */
import { createHmac } from "node:crypto"

export interface Keys {
  readonly accessKey: string
  readonly secretKey: string
}

/** Makes the headers of one request after the other; no timestamp twice, since a gateway may refuse a replay. */
export const headerSigner = (keys: Keys): ((target: string) => Record<string, string>) => {
  let last = 0
  return (target) => {
    last = Math.max(Date.now(), last + 1)
    const signed = `GET ${target}\n${last}\n${keys.accessKey}`
    return {
      "x-ncp-apigw-timestamp": String(last),
      "x-ncp-iam-access-key": keys.accessKey,
      "x-ncp-apigw-signature-v2": createHmac("sha256", keys.secretKey).update(signed).digest("base64"),
    }
  }
}
