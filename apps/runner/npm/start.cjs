// Starts the program, once bin.cjs knows that this Node can run it.
"use strict"
const { mkdirSync } = require("node:fs")
const { enableCompileCache } = require("node:module")
const { homedir } = require("node:os")
const path = require("node:path")

// Compiling is half of the time that a short command takes. What is kept is run again, so it is kept in a folder of this
// user's own, and not where Node would, in the folder for temporary files, which anyone may fill.
const cacheFolder = () => {
  const home = process.env.XDG_CACHE_HOME || path.join(process.env.HOME || homedir(), ".cache")
  const folder = path.join(home, "vodstation-etl")
  // One by one: Node's own way of making all of them never ends below a folder that cannot be, such as one in /proc.
  for (const made of [home, folder]) {
    try {
      mkdirSync(made, { mode: 0o700 })
    } catch (error) {
      if (error.code !== "EEXIST") throw error
    }
  }
  return folder
}
if (process.env.NODE_COMPILE_CACHE === undefined) {
  try {
    enableCompileCache(cacheFolder())
  } catch {
    // A user without a home, or with one that cannot be written: there is no cache.
  }
}

// Node 22 warns of its SQLite, whose locks the embedded Postgres needs, at every start; there is nothing to do about it.
const emitWarning = process.emitWarning.bind(process)
process.emitWarning = (warning, ...rest) => {
  if (!String(warning).startsWith("SQLite is an experimental feature")) emitWarning(warning, ...rest)
}

void import("./program/main.js")
