/** What somebody who mistyped a name meant. */
import { distance } from "fastest-levenshtein"

/** The name that takes the fewest changes, the first of several; null where none is near. Upper and lower case are alike. */
export const nearestName = (mistyped: string, names: ReadonlyArray<string>): string | null => {
  const text = mistyped.toLowerCase()
  // A third of its letters wrong is another word.
  let allowed = Math.max(1, Math.floor(text.length / 3))
  let nearest: string | null = null
  for (const name of names) {
    const changes = distance(text, name.toLowerCase())
    if (changes > allowed || (nearest !== null && changes === allowed)) continue
    allowed = changes
    nearest = name
  }
  return nearest
}
