/**
 * Reads `~/.ncloud/configure` (API facts, section 5). Keys are taken as they stand, and for that reason not by the usual INI
 * library, which cuts a value at `;` or `#`, takes backslashes and single quotes for escapes, turns `true` into a boolean and
 * `[a.b]` into a tree: each of them would silently sign with another secret, or lose a profile.
 */

/** Values by key, by profile. Keys before any section are those of `DEFAULT`, where that section does not say otherwise. */
export type Profiles = ReadonlyMap<string, ReadonlyMap<string, string>>

export const defaultProfile = "DEFAULT"

/**
 * Understands `[profile]`, `key = value` (split at the first `=`; a secret may hold more of them), whole-line comments with `;`
 * or `#`, comments after a value where a blank is before them, and quotes around a whole value. Lines that are none of these
 * are overlooked, as the official tools do.
 */
export const parseConfigure = (text: string): Profiles => {
  const loose = new Map<string, string>()
  const profiles = new Map<string, Map<string, string>>()
  let section = loose
  for (const line of text.replace(/^\ufeff/, "").split(/\r\n|\r|\n/)) {
    const trimmed = line.trim()
    if (trimmed === "" || trimmed.startsWith(";") || trimmed.startsWith("#")) continue
    const name = /^\[([^\]]*)\]\s*([;#].*)?$/.exec(trimmed)?.[1]?.trim()
    if (name !== undefined) {
      section = profiles.get(name) ?? new Map<string, string>()
      profiles.set(name, section)
      continue
    }
    const equals = trimmed.indexOf("=")
    if (equals > 0)
      section.set(trimmed.slice(0, equals).trim().toLowerCase(), valueOf(trimmed.slice(equals + 1)))
  }
  if (loose.size > 0)
    profiles.set(defaultProfile, new Map([...loose, ...(profiles.get(defaultProfile) ?? [])]))
  return profiles
}

const valueOf = (text: string): string => {
  const value = text
    .trim()
    .replace(/^[;#]\s.*$|\s[;#].*$/, "")
    .trim()
  return /^"[^"]*"$|^'[^']*'$/.test(value) ? value.slice(1, -1).trim() : value
}
