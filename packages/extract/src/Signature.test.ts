import { Redacted } from "effect"
import { describe, expect, it } from "vitest"
import { signatureHeaders, signRequest } from "./Signature.ts"

/** API facts, 4.3: the first two were published by others, the rest computed with two implementations. */
const vectors: ReadonlyArray<
  [what: string, method: "GET" | "POST", target: string, at: number, key: string, secret: string, is: string]
> = [
  [
    "a published vector",
    "GET",
    "/vserver/v2/getServerInstanceList?responseFormatType=json",
    1234567890123,
    "TestAccessKey",
    "TestSecretKey",
    "FPsYYX8fuMAgi+cue3eACOW0dNtIwu1LYWfg/megA2M=",
  ],
  [
    "a published vector of a POST",
    "POST",
    "/vserver/v2/createServerInstances?regionCode=KR",
    1700000000000,
    "AK_TEST",
    "SK_TEST",
    "xBcE26XFU55BMjppdPT7ZY3oDrqoOedfPyAn3Cq4lUw=",
  ],
  [
    "1: a page",
    "GET",
    "/api/v2/status?pageNo=1&pageSizeNo=10",
    1521787414578,
    "EXAMPLEACCESSKEY0001",
    "ExampleSecretKey0000000000000000000000001",
    "IIvUfGYt61Mk5BlSU6HRNm/8+x72Ki+pB0kzc+Qx3DE=",
  ],
  [
    "2: a page of a window",
    "GET",
    "/api/v2/status?pageNo=2&pageSizeNo=100&workStartTimeFrom=1755590820000&workStartTimeTo=1755591000000",
    1755591000123,
    "ncp_iam_EXAMPLE00000000002",
    "ncp_iam_EXAMPLESECRET0000000000000000002",
    "S0N18Mf74jkHIF6P1PqlvIp/beAg533Rg0CF9mHIKBM=",
  ],
  [
    "3: a secret that is not ASCII",
    "GET",
    "/api/v2/status/1163694",
    1700000000000,
    "EXAMPLEACCESSKEY0003",
    "비밀-secret/+=key3",
    "eiH8Z/Eft/a15tr9YOwijppbkTLM1tP1k8seAbxqe1o=",
  ],
  [
    "4: an encoded query",
    "GET",
    "/api/v2/category?name=%ED%95%9C%EA%B8%80%20a%2Bb",
    1700000000000,
    "EXAMPLEACCESSKEY0004",
    "ExampleSecretKey4",
    "Xave/wH34DmWKRl2ADLZrGtg3i/gfv59Be4eg1hOHg0=",
  ],
  [
    "5: the same query, not encoded, is another one",
    "GET",
    "/api/v2/category?name=한글 a+b",
    1700000000000,
    "EXAMPLEACCESSKEY0004",
    "ExampleSecretKey4",
    "cq1x5tFRlBCJ3yRy1inI7kqUjBYfrppXRT/cnvsvnxw=",
  ],
  [
    "6: the official sample's target",
    "GET",
    "/photos/puppy.jpg?query1=&query2",
    1505290625682,
    "D78BB444D6D3C84CA38A",
    "EXAMPLE-SECRET-NOT-REAL",
    "hSKIQsTrPiV7v+USo3CRXcu7wGKOP5v70Fwj4AyAJ7Q=",
  ],
  [
    "7: no query",
    "GET",
    "/api/v2/status",
    1700000000000,
    "EXAMPLEACCESSKEY0001",
    "ExampleSecretKey0000000000000000000000001",
    "pxvafCyk7ATPJQ1LG3OpaXsnbL0Waq+4isKkkRyjBh0=",
  ],
  [
    "8: a bare question mark is not no query",
    "GET",
    "/api/v2/status?",
    1700000000000,
    "EXAMPLEACCESSKEY0001",
    "ExampleSecretKey0000000000000000000000001",
    "6ZtCTXtSszUGM52LuU7KUu8OyAvOmmhhu7Mu+9qIGsw=",
  ],
]

describe("signRequest", () => {
  it.each(vectors)("signs %s", (_, method, target, timestamp, key, secret, signature) => {
    const request = {
      method,
      target,
      timestamp,
      accessKey: Redacted.make(key),
      secretKey: Redacted.make(secret),
    }
    expect(signRequest(request)).toBe(signature)
    expect(signatureHeaders(request)).toEqual({
      "x-ncp-apigw-timestamp": String(timestamp),
      "x-ncp-iam-access-key": key,
      "x-ncp-apigw-signature-v2": signature,
    })
  })
})
