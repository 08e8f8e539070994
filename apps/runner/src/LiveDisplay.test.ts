/** The display as somebody sees it in a terminal, which gets narrower and wider meanwhile. */
import { afterEach, describe, expect, it, vi } from "vitest"
import { isLive, LiveDisplay, paintFor } from "./LiveDisplay.ts"
import { Terminal } from "./Terminal.fixture.ts"

const picture = (text: string) => `first ${text}\nsecond ${text}`
const long = `2021-09-12: ${"a long problem, ".repeat(12)}the end`

/** The lines of a terminal, with what the terminal itself has wrapped put together again. */
const unwrapped = (lines: ReadonlyArray<string>, columns: number) =>
  lines.reduce<Array<string>>((joined, line, index) => {
    if (index > 0 && lines[index - 1]!.length === columns) joined.push(joined.pop()! + line)
    else joined.push(line)
    return joined
  }, [])

describe("a display", () => {
  it("draws a picture over the one before", async () => {
    const terminal = new Terminal(80)
    const display = new LiveDisplay(terminal.screen)
    display.show(picture("one"))
    display.show(picture("two"))
    display.show("only one line")
    display.show(picture("three"))
    expect(await terminal.lines()).toEqual(["first three", "second three"])
  })

  it("keeps lines that are said above the picture, however long they are", async () => {
    const terminal = new Terminal(80)
    const display = new LiveDisplay(terminal.screen)
    display.show(picture("one"))
    display.say("short")
    display.show(picture("two"))
    display.say(long)
    display.show(picture("three"))
    expect(unwrapped(await terminal.lines(), 80)).toEqual(["short", long, "first three", "second three"])
  })

  it("leaves nothing but what was said", async () => {
    const terminal = new Terminal(80)
    const display = new LiveDisplay(terminal.screen)
    display.show(picture("one"))
    display.say("short")
    display.show(picture("two"))
    display.end()
    expect(await terminal.lines()).toEqual(["short"])
  })

  it.each([50, 33, 79, 81, 140])("is the same after a resize from 80 to %i columns", async (columns) => {
    const terminal = new Terminal(80, 12)
    const display = new LiveDisplay(terminal.screen)
    // Enough to fill the screen.
    for (let line = 0; line < 12; line++) display.say(`line ${line}`)
    display.show(picture("x".repeat(60)))
    await terminal.lines()
    terminal.resize(columns)
    display.show(picture("two"))
    display.say("a problem")
    display.show(picture("three"))
    const said = Array.from({ length: 12 }, (_, line) => `line ${line}`)
    expect(await terminal.lines()).toEqual([...said, "a problem", "first three", "second three"])
  })
})

describe("where lines can be drawn again", () => {
  afterEach(() => vi.unstubAllEnvs())

  it("is a terminal that is not dumb", () => {
    expect(isLive(new Terminal(80).screen)).toBe(true)
    vi.stubEnv("TERM", "dumb")
    expect(isLive(new Terminal(80).screen)).toBe(false)
  })

  it("is not a file or a pipe", () => {
    expect(isLive(Object.assign(new Terminal(80).screen, { isTTY: false }) as never)).toBe(false)
  })
})

describe("colours", () => {
  afterEach(() => vi.unstubAllEnvs())

  const show = async () => {
    vi.stubEnv("TERM", "xterm-256color")
    const terminal = new Terminal(80)
    const paint = paintFor(terminal.screen)
    new LiveDisplay(terminal.screen).show(`${paint("faint", "rest")} ${paint("warning", "problem")}`)
    expect(await terminal.lines()).toEqual(["rest problem"])
    return terminal.isPlain()
  }

  it("are there in a terminal", async () => {
    // Node takes what runs under CI for a screen without colours.
    for (const name of ["NO_COLOR", "NODE_DISABLE_COLORS", "FORCE_COLOR", "CI"]) vi.stubEnv(name, undefined)
    expect(await show()).toBe(false)
  })

  it("are left out where NO_COLOR asks for it", async () => {
    vi.stubEnv("FORCE_COLOR", undefined)
    vi.stubEnv("NO_COLOR", "1")
    expect(await show()).toBe(true)
  })
})
