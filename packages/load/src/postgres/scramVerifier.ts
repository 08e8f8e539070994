/**
 * What a server keeps of a password (RFC 5802, `SCRAM-SHA-256`), made here as psql's `\password` does, so that the password
 * itself is in no statement, and so in no log of the server's.
 */
import { createHash, createHmac, pbkdf2Sync, randomBytes } from "node:crypto"
import * as Redacted from "effect/Redacted"

/** PostgreSQL's own. */
const usual = { iterations: 4096, saltBytes: 16 }

/** @param password of ASCII, which needs no preparation (SASLprep) */
export const scramVerifier = (
  password: Redacted.Redacted,
  salt: Buffer = randomBytes(usual.saltBytes),
  iterations: number = usual.iterations,
): string => {
  const salted = pbkdf2Sync(Redacted.value(password), salt, iterations, 32, "sha256")
  const key = (text: string) => createHmac("sha256", salted).update(text).digest()
  const stored = createHash("sha256").update(key("Client Key")).digest("base64")
  const server = key("Server Key").toString("base64")
  return `SCRAM-SHA-256$${iterations}:${salt.toString("base64")}$${stored}:${server}`
}
