// Starts the program, once bin.cjs knows that this Node can run it.
"use strict"
const { enableCompileCache } = require("node:module")
const { homedir } = require("node:os")
const path = require("node:path")

// Compiling is half of the time that a short command takes. What is kept is run again, so it is kept in a folder of this
// user's own, and not where Node would, in the folder for temporary files, which anyone may fill.
const cacheFolder = () => {
  try {
    return path.join(
      process.env.XDG_CACHE_HOME || path.join(process.env.HOME || homedir(), ".cache"),
      "vodstation-etl",
    )
  } catch {
    // A user without a home.
    return undefined
  }
}
const folder = process.env.NODE_COMPILE_CACHE === undefined ? cacheFolder() : undefined
// Where it cannot be written there is no cache.
if (folder !== undefined) enableCompileCache(folder)

// Node 22 warns of its SQLite, whose locks the embedded Postgres needs, at every start; there is nothing to do about it.
const emitWarning = process.emitWarning.bind(process)
process.emitWarning = (warning, ...rest) => {
  if (!String(warning).startsWith("SQLite is an experimental feature")) emitWarning(warning, ...rest)
}

void import("./program/main.js")
