// The table of folders in docs/architecture.md, as rules that fail the build.
const workspace = (names) => `^(?:${names.join("|")})/`

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    {
      name: "resolvable",
      comment: "What npm/start.cjs starts is there once the package is built.",
      severity: "error",
      from: { pathNot: "^apps/runner/npm/start\\.cjs$" },
      to: { couldNotResolve: true },
    },
    {
      name: "core-imports-nothing-of-ours",
      severity: "error",
      from: { path: "^packages/core/" },
      to: { path: workspace(["packages/extract", "packages/load", "packages/simulator", "apps"]) },
    },
    {
      name: "nothing-imports-bench-or-checks",
      severity: "error",
      from: { pathNot: "^(bench|checks)/" },
      to: { path: "^(bench|checks)/" },
    },
    {
      name: "peers-import-nothing-of-ours",
      comment: "What we are compared with must be what anyone could have written.",
      severity: "error",
      from: { path: "^bench/peers/" },
      to: { path: workspace(["packages", "apps", "bench/src"]) },
    },
    {
      name: "extract-imports-core-only",
      comment: "The simulator is let in for tests: they need a gateway to read from.",
      severity: "error",
      from: { path: "^packages/extract/", pathNot: "\\.(test|fixture|arbitrary)\\.ts$" },
      to: { path: workspace(["packages/load", "packages/simulator", "apps"]) },
    },
    {
      name: "extract-and-load-never-meet",
      severity: "error",
      from: { path: "^packages/extract/" },
      to: { path: "^packages/load/" },
    },
    {
      name: "load-imports-core-only",
      severity: "error",
      from: { path: "^packages/load/" },
      to: { path: workspace(["packages/extract", "packages/simulator", "apps"]) },
    },
    {
      name: "report-imports-one-rule-of-ours",
      comment:
        "Its page has to be made from what is written in it. How a spreadsheet is kept from spoiling a text is one rule for all files.",
      severity: "error",
      from: { path: "^packages/report/" },
      to: {
        path: workspace(["packages/core", "packages/extract", "packages/load", "packages/simulator", "apps"]),
        pathNot: "^packages/core/src/spreadsheetText\\.ts$",
      },
    },
    {
      name: "simulator-knows-core-types-at-most",
      comment: "It must not share a mistake with the reader that it tests.",
      severity: "error",
      from: { path: "^packages/simulator/" },
      to: { path: workspace(["packages/extract", "packages/load", "apps"]) },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    exclude: { path: "\\.tsbuild/" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default"],
      extensions: [".ts", ".js"],
    },
  },
}
