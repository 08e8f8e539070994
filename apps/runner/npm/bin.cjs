#!/usr/bin/env node
// What `vodstation-etl` runs once installed. Plain old JavaScript (ES5), so that any Node gets as far as the line that says
// what it lacks: an older one could not even parse the program.
var lowest = require("./package.json").engines.node.replace(">=", "")

function isOlder(version, than) {
  var parts = version.split(".")
  var needed = than.split(".")
  for (var index = 0; index < needed.length; index++) {
    if (+parts[index] !== +needed[index]) return +parts[index] < +needed[index]
  }
  return false
}

if (isOlder(process.versions.node, lowest)) {
  var line = "vodstation-etl needs Node " + lowest + " or later, and this is " + process.versions.node
  line += " (" + process.execPath + "). Install Node 24 (https://nodejs.org), or add it to the folder that"
  line += " vodstation-etl is installed in (npm install node@24) and start it there with npx.\n"
  process.stderr.write(line)
  process.exitCode = 2
} else {
  require("./start.cjs")
}
