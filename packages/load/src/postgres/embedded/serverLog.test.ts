import * as fs from "node:fs"

import { describe, expect, it } from "vitest"

import { putAsideBigLog, serverLogSize, serverLogTail } from "./serverLog.ts"
import { testHome } from "./testHome.fixture.ts"

describe("the server's log", () => {
  it("is put aside when it is big, and one before it goes", async () => {
    await using test = await testHome()
    const { log } = test.folder
    putAsideBigLog(log)
    fs.writeFileSync(`${log}.old`, "older")
    fs.writeFileSync(log, "small")
    putAsideBigLog(log)
    expect(fs.readFileSync(log, "utf8")).toBe("small")
    fs.truncateSync(log, 10 * 1024 * 1024 + 1)
    putAsideBigLog(log)
    expect([serverLogSize(log), serverLogSize(`${log}.old`)]).toEqual([0, 10 * 1024 * 1024 + 1])
  })

  it("shows the end of what was written since", async () => {
    await using test = await testHome()
    const { log } = test.folder
    expect(serverLogTail(log, 0)).toContain("nothing")
    fs.writeFileSync(log, "before\n")
    const from = serverLogSize(log)
    expect(serverLogTail(log, from)).toContain("nothing")
    const lines = Array.from({ length: 20_000 }, (_, index) => `line ${index}`)
    fs.appendFileSync(log, `${lines.join("\n")}\n`)
    expect(serverLogTail(log, from)).toBe(lines.slice(-15).join("\n"))
  })
})
