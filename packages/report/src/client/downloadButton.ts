/** A button that gives a text, made in the browser when it is asked for, as a file. */
import { element } from "./element.ts"

/** So long a browser may take to have the file begun. */
const keptFor = 60_000

export const downloadButton = (label: string, name: string, text: () => string): HTMLButtonElement => {
  const button = element("button", { type: "button", class: "download" }, label)
  button.addEventListener("click", () => {
    const address = URL.createObjectURL(new Blob([text()], { type: "text/csv;charset=utf-8" }))
    element("a", { href: address, download: `${fileName(name)}.csv` }).click()
    setTimeout(() => URL.revokeObjectURL(address), keptFor)
  })
  return button
}

/** Without what some file system does not bear. */
const fileName = (name: string): string => name.replaceAll(/[\s"*/:<>?\\|]+/g, "-")
