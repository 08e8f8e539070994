import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { parseConfigure } from "./parseConfigure.ts"

const profilesOf = (text: string) =>
  Object.fromEntries([...parseConfigure(text)].map(([name, keys]) => [name, Object.fromEntries(keys)]))

describe("parseConfigure", () => {
  it("reads profiles", () => {
    const text = `[DEFAULT]
ncloud_access_key_id = A1
ncloud_secret_access_key = S1
ncloud_api_url = https://ncloud.apigw.ntruss.com

[project]
ncloud_access_key_id=A2
ncloud_secret_access_key=S2
`
    expect(profilesOf(text)).toEqual({
      DEFAULT: {
        ncloud_access_key_id: "A1",
        ncloud_secret_access_key: "S1",
        ncloud_api_url: "https://ncloud.apigw.ntruss.com",
      },
      project: { ncloud_access_key_id: "A2", ncloud_secret_access_key: "S2" },
    })
  })

  it("counts keys without a section as DEFAULT's, where DEFAULT itself does not say otherwise", () => {
    expect(profilesOf("a = 1\nb = 2")).toEqual({ DEFAULT: { a: "1", b: "2" } })
    expect(profilesOf("a = 1\nb = 2\n[p]\nc = 3\n[DEFAULT]\na = 9")).toEqual({
      DEFAULT: { a: "9", b: "2" },
      p: { c: "3" },
    })
  })

  it("joins sections of one name, and lets the last of equal keys win", () => {
    expect(profilesOf("[p]\na = 1\n[q]\na = 2\n[p]\na = 3\nb = 4")).toEqual({
      p: { a: "3", b: "4" },
      q: { a: "2" },
    })
  })

  it.each([
    ["secret/with=and==", "secret/with=and=="],
    ["a;b#c", "a;b#c"],
    [";leading", ";leading"],
    ["back\\slash\\\\es\\n", "back\\slash\\\\es\\n"],
    ["true", "true"],
    ["null", "null"],
    ['qu"ote', 'qu"ote'],
    ["'half", "'half"],
    ['"quoted"', "quoted"],
    ["'quoted'", "quoted"],
    ["비밀-secret/+=key3", "비밀-secret/+=key3"],
    ["value   ; a comment", "value"],
    ["value\t# a comment", "value"],
    ["; only a comment", ""],
    ["", ""],
    ["[x]", "[x]"],
    ["${HOME}", "${HOME}"],
  ])("takes the value %s as %s", (written, value) => {
    expect(profilesOf(`[p]\nkey = ${written}\n`)).toEqual({ p: { key: value } })
    expect(profilesOf(`[p]\nkey=${written}`)).toEqual({ p: { key: value } })
  })

  it.each(["a.b", "a b", "__proto__", "constructor", "DEFAULT", "default", "프로필", "a=b"])(
    "takes the profile's name %s as it stands",
    (name) => {
      expect([...parseConfigure(`[ ${name} ]\nkey = 1`).keys()]).toEqual([name])
    },
  )

  it("does not mind byte order marks, line ends, blanks, comments and lines that mean nothing", () => {
    const text =
      "\ufeff; comment = 1\r\n# [no]\r\n  [p]  ; comment\r\n\r\n\tKEY\t=\t1\t\r\nnonsense\r\n= 5\r\n"
    expect(profilesOf(text)).toEqual({ p: { key: "1" } })
    expect(profilesOf("")).toEqual({})
  })

  it("gives back every value that keys are made of", () => {
    // What a key can be: anything but blanks and line ends, and no quotes around the whole.
    const secret = fc
      .string({ unit: "grapheme", minLength: 1, maxLength: 60 })
      .filter((text) => !/[\s\p{Cc}\ufeff]/u.test(text) && !/^["'].*["']$/.test(text))
    fc.assert(
      fc.property(secret, (value) => {
        expect(parseConfigure(`[p]\nkey = ${value}\n`).get("p")?.get("key")).toBe(value)
      }),
    )
  })
})
