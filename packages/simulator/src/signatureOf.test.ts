import { describe, expect, it } from "vitest"
import { signatureOf } from "./signatureOf.ts"

const published = [
  {
    source: "sjk4425/ncloud-mcp-server",
    method: "GET",
    target: "/vserver/v2/getServerInstanceList?responseFormatType=json",
    timestamp: "1234567890123",
    accessKey: "TestAccessKey",
    secretKey: "TestSecretKey",
    signature: "FPsYYX8fuMAgi+cue3eACOW0dNtIwu1LYWfg/megA2M=",
  },
  {
    source: "GreedyLabs/ncloud-community-sdk",
    method: "POST",
    target: "/vserver/v2/createServerInstances?regionCode=KR",
    timestamp: "1700000000000",
    accessKey: "AK_TEST",
    secretKey: "SK_TEST",
    signature: "xBcE26XFU55BMjppdPT7ZY3oDrqoOedfPyAn3Cq4lUw=",
  },
]

const one = { accessKey: "EXAMPLEACCESSKEY0001", secretKey: "ExampleSecretKey0000000000000000000000001" }
const four = { accessKey: "EXAMPLEACCESSKEY0004", secretKey: "ExampleSecretKey4" }

/** The numbered vectors of section 4.3 of the API facts. */
const computed = [
  {
    target: "/api/v2/status?pageNo=1&pageSizeNo=10",
    timestamp: "1521787414578",
    ...one,
    signature: "IIvUfGYt61Mk5BlSU6HRNm/8+x72Ki+pB0kzc+Qx3DE=",
  },
  {
    target:
      "/api/v2/status?pageNo=2&pageSizeNo=100&workStartTimeFrom=1755590820000&workStartTimeTo=1755591000000",
    timestamp: "1755591000123",
    accessKey: "ncp_iam_EXAMPLE00000000002",
    secretKey: "ncp_iam_EXAMPLESECRET0000000000000000002",
    signature: "S0N18Mf74jkHIF6P1PqlvIp/beAg533Rg0CF9mHIKBM=",
  },
  {
    target: "/api/v2/status/1163694",
    timestamp: "1700000000000",
    accessKey: "EXAMPLEACCESSKEY0003",
    secretKey: "비밀-secret/+=key3",
    signature: "eiH8Z/Eft/a15tr9YOwijppbkTLM1tP1k8seAbxqe1o=",
  },
  {
    target: "/api/v2/category?name=%ED%95%9C%EA%B8%80%20a%2Bb",
    timestamp: "1700000000000",
    ...four,
    signature: "Xave/wH34DmWKRl2ADLZrGtg3i/gfv59Be4eg1hOHg0=",
  },
  {
    // Vector 5: the bytes of the unencoded query, as they would come over the wire.
    target: Buffer.from("/api/v2/category?name=한글 a+b", "utf8").toString("latin1"),
    timestamp: "1700000000000",
    ...four,
    signature: "cq1x5tFRlBCJ3yRy1inI7kqUjBYfrppXRT/cnvsvnxw=",
  },
  {
    target: "/photos/puppy.jpg?query1=&query2",
    timestamp: "1505290625682",
    accessKey: "D78BB444D6D3C84CA38A",
    secretKey: "EXAMPLE-SECRET-NOT-REAL",
    signature: "hSKIQsTrPiV7v+USo3CRXcu7wGKOP5v70Fwj4AyAJ7Q=",
  },
  {
    target: "/api/v2/status",
    timestamp: "1700000000000",
    ...one,
    signature: "pxvafCyk7ATPJQ1LG3OpaXsnbL0Waq+4isKkkRyjBh0=",
  },
  {
    target: "/api/v2/status?",
    timestamp: "1700000000000",
    ...one,
    signature: "6ZtCTXtSszUGM52LuU7KUu8OyAvOmmhhu7Mu+9qIGsw=",
  },
]

describe("signatureOf", () => {
  it.each(published)("agrees with the vector of $source", ({ signature, ...request }) => {
    expect(signatureOf(request)).toBe(signature)
  })

  it.each(computed)("agrees with the vector for $target", ({ signature, ...request }) => {
    expect(signatureOf({ method: "GET", ...request })).toBe(signature)
  })
})
