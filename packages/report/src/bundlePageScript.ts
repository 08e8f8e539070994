/** The page's script with its charts in one text, minified. Needs rolldown, which is there in a checkout only. */
import { join } from "node:path"
import { build } from "rolldown"

export interface BundledScript {
  readonly script: string
  /** Paths of all source files that went into it. */
  readonly files: ReadonlyArray<string>
}

export const bundlePageScript = async (): Promise<BundledScript> => {
  const { output } = await build({
    input: join(import.meta.dirname, "client/main.ts"),
    platform: "browser",
    transform: { define: { "process.env.NODE_ENV": '"production"' } },
    output: { format: "iife", minify: true },
    write: false,
  })
  const [{ code, moduleIds }] = output
  // In a page, the script must not end where its own text says so.
  return { script: code.replaceAll("</script", "<\\/script"), files: moduleIds }
}
