/** For tests: `serve` as a process of its own, and a client that sends whatever it is told to, as no browser would. */
import { request } from "node:http"
import { setTimeout as delay } from "node:timers/promises"
import type { DayData } from "@vodstation-etl/report/DayData"
import type { EncodingData } from "@vodstation-etl/report/EncodingData"
import type { PageData } from "@vodstation-etl/report/PageData"
import type { ReportData } from "@vodstation-etl/report/ReportData"
import { startProgram } from "./startProgram.fixture.ts"
import type { StartedProgram } from "./startProgram.fixture.ts"

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | ReadonlyArray<string> | undefined>>
  readonly body: string
}

export interface Question {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
}

export interface ServedArchive {
  readonly program: StartedProgram
  /** Without a slash at its end. */
  readonly url: string
  readonly port: number
  /** @param path as it is sent, with nothing resolved or encoded */
  readonly ask: (path: string, question?: Question) => Promise<Answer>
  readonly report: (path?: string) => Promise<ReportData>
  readonly day: (path: string) => Promise<DayData>
  readonly encoding: (path: string) => Promise<EncodingData>
}

export const serveArchive = async (
  flags: ReadonlyArray<string>,
  env: Readonly<Record<string, string>>,
  home: string,
): Promise<ServedArchive> => {
  const program = startProgram(["serve", "--port", "0", ...flags], env, home, 600_000)
  let over = false
  void program.ended.finally(() => (over = true))
  while (!program.printedSoFar().includes("\n")) {
    if (over) throw new Error(`serve ended: ${program.saidSoFar()}`)
    await delay(20)
  }
  const url = program.printedSoFar().trimEnd().replace(/\/$/, "")
  const port = Number(new URL(url).port)
  const ask = (path: string, question: Question = {}) => askServer(port, path, question)
  const data = async <Kind extends PageData["kind"]>(kind: Kind, path: string) => {
    const { status, body } = await ask(path)
    if (status !== 200) throw new Error(`${path}: ${status} ${body}`)
    const page = dataIn(body)
    if (page.kind !== kind) throw new Error(`${path} is a page of kind ${page.kind}`)
    return page as Extract<PageData, { readonly kind: Kind }>
  }
  return {
    program,
    url,
    port,
    ask,
    report: async (path = "/") => (await data("report", path)).report,
    day: async (path) => (await data("day", path)).day,
    encoding: async (path) => (await data("encoding", path)).encoding,
  }
}

/** What lies in a page. */
export const dataIn = (html: string): PageData =>
  JSON.parse(/<script type="application\/json" id="page-data">(.*)<\/script>/.exec(html)![1]!)

const askServer = (port: number, path: string, { method = "GET", headers = {} }: Question) =>
  new Promise<Answer>((resolve, reject) => {
    const asking = request({ host: "127.0.0.1", port, path, method, headers, agent: false }, (response) => {
      let body = ""
      response.setEncoding("utf8")
      response.on("data", (text: string) => (body += text))
      response.on("error", reject)
      response.on("end", () => resolve({ status: response.statusCode!, headers: response.headers, body }))
    })
    asking.on("error", reject)
    asking.end()
  })
