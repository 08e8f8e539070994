/** A database that does not answer: it takes ten seconds to find out. */
import { createServer } from "node:net"
import type { AddressInfo, Socket } from "node:net"
import { afterAll, beforeAll, expect, it } from "vitest"
import { examine, openDoctorBench } from "./examine.fixture.ts"
import type { Workbench } from "../Workbench.fixture.ts"

let bench: Workbench
beforeAll(async () => {
  bench = await openDoctorBench()
})
afterAll(() => bench.close())

it("a database that takes the connection and says nothing is waited for, but not for long", async () => {
  const sockets: Array<Socket> = []
  const silent = createServer((socket) => sockets.push(socket.on("error", () => {}))).listen(0, "127.0.0.1")
  await new Promise((listening) => silent.once("listening", listening))
  const { port } = silent.address() as AddressInfo
  try {
    const began = performance.now()
    const { code, failed } = await examine(bench, {
      env: { DATABASE_URL: `postgresql://me@127.0.0.1:${port}/vod` },
    })
    expect([code, failed]).toEqual([
      2,
      [
        [
          "database",
          `127.0.0.1:${port}/vod: it does not answer. Correct the host in DATABASE_URL (or PGHOST), or check the network.`,
        ],
      ],
    ])
    expect(performance.now() - began).toBeLessThan(16_000)
  } finally {
    for (const socket of sockets) socket.destroy()
    silent.close()
  }
})
