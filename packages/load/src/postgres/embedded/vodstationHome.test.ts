import * as os from "node:os"
import * as path from "node:path"

import { describe, expect, it } from "vitest"

import { vodstationHome } from "./vodstationHome.ts"

describe("vodstationHome", () => {
  it("takes VODSTATION_HOME, then XDG_DATA_HOME, then the user's folder", () => {
    const env = { VODSTATION_HOME: "/a", XDG_DATA_HOME: "/b", HOME: "/c" }
    expect(vodstationHome(env)).toBe(path.resolve("/a"))
    expect(vodstationHome({ ...env, VODSTATION_HOME: "" })).toBe(path.join("/b", "vodstation-etl"))
    expect(vodstationHome({ HOME: "/c" })).toBe(path.join("/c", ".local/share/vodstation-etl"))
    expect(vodstationHome({})).toBe(path.join(os.homedir(), ".local/share/vodstation-etl"))
  })

  it("makes a relative home absolute, and ignores a relative XDG_DATA_HOME", () => {
    expect(vodstationHome({ VODSTATION_HOME: "here" })).toBe(path.resolve("here"))
    expect(vodstationHome({ XDG_DATA_HOME: "there", HOME: "/c" })).toBe("/c/.local/share/vodstation-etl")
  })
})
