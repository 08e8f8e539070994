/** What a `PostgresError` means for the archive, and what the user can do about it. */
import { ArchiveFailed, ArchiveUnusable, type ArchiveError } from "../ArchiveError.ts"
import { isTlsNotOffered } from "./libpqTls.ts"
import type { PostgresError } from "./PostgresError.ts"

interface Diagnosis {
  readonly reason: (error: PostgresError) => string
  readonly cure: string
}

const diskFull = "53100"

const said = (error: PostgresError) => error.reason
const untrusted = () => "no authority that is known here has signed its certificate"
const startServer = "Start the server, or correct DATABASE_URL (or PGHOST, PGPORT)"
const correctHost = "Correct the host in DATABASE_URL (or PGHOST), or check the network"
const correctTls = "Correct sslmode and sslrootcert in DATABASE_URL, or the server's certificate"

const diagnoses: Readonly<Record<string, Diagnosis>> = {
  ECONNREFUSED: { reason: () => "nothing listens there", cure: startServer },
  ENOENT: { reason: () => "there is no such socket", cure: startServer },
  ENOTFOUND: { reason: () => "there is no such host", cure: correctHost },
  EAI_AGAIN: { reason: () => "the host's name cannot be looked up now", cure: correctHost },
  EHOSTUNREACH: { reason: () => "the host cannot be reached", cure: correctHost },
  ENETUNREACH: { reason: () => "the network cannot be reached", cure: correctHost },
  ETIMEDOUT: { reason: () => "it does not answer", cure: correctHost },
  "3D000": {
    reason: said,
    cure: "Make it with createdb, or correct the database's name in DATABASE_URL (or PGDATABASE)",
  },
  "28P01": {
    reason: said,
    cure: "Correct the password, or the user, in DATABASE_URL (or PGPASSWORD, PGUSER)",
  },
  "28000": {
    reason: said,
    cure: "Correct the user in DATABASE_URL (or PGUSER), or the server's pg_hba.conf",
  },
  "42501": { reason: said, cure: "Ask the database's owner for that right, or use a role that has it" },
  "53300": { reason: said, cure: "Wait until others have finished, or raise the server's max_connections" },
  // Its own words name a file of the server's.
  [diskFull]: { reason: (error) => `its disk is full (${error.reason})`, cure: "Free some space there" },
  "57P03": { reason: said, cure: "Wait until the server is ready, then run the same command again" },
  "25006": { reason: () => "it is read-only, a standby perhaps", cure: "Use the primary server" },
  "42P07": {
    reason: (error) => `${error.reason}, and was not made by vodstation-etl`,
    cure: "Choose another schema with VODSTATION_SCHEMA",
  },
  DEPTH_ZERO_SELF_SIGNED_CERT: { reason: untrusted, cure: correctTls },
  SELF_SIGNED_CERT_IN_CHAIN: { reason: untrusted, cure: correctTls },
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: { reason: untrusted, cure: correctTls },
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: { reason: untrusted, cure: correctTls },
  CERT_HAS_EXPIRED: { reason: () => "its certificate has expired", cure: correctTls },
  ERR_TLS_CERT_ALTNAME_INVALID: { reason: () => "its certificate is for another host", cure: correctTls },
}

/** Errors that `pg` makes itself carry no code. */
const diagnosisOf = (error: PostgresError): Diagnosis => {
  if (error.code === "28000" && /no encryption/.test(error.reason))
    return { reason: said, cure: "Add sslmode=require, or verify-full, to DATABASE_URL" }
  const known = error.code === null ? undefined : diagnoses[error.code]
  if (known !== undefined) return known
  if (/timeout/i.test(error.reason)) return diagnoses["ETIMEDOUT"]!
  if (/password must be a string/i.test(error.reason))
    return { reason: () => "it asks for a password", cure: "Put it into DATABASE_URL (or PGPASSWORD)" }
  if (isTlsNotOffered(error))
    return {
      reason: () => "it offers no TLS",
      cure: "Switch it on there (ssl in postgresql.conf), or choose sslmode=prefer or disable in DATABASE_URL",
    }
  return { reason: said, cure: "Check DATABASE_URL (or the PG* variables) and the server" }
}

/** Opening the archive failed. */
export const archiveUnusable = (place: string, error: PostgresError): ArchiveUnusable => {
  const { reason, cure } = diagnosisOf(error)
  return new ArchiveUnusable({ archive: place, reason: reason(error), cure: `${cure}.` })
}

const reasonInUse = (error: PostgresError): string => {
  if (error.connectionLost) return `the connection was lost (${error.reason})`
  return error.code === diskFull
    ? `the database's disk is full (${error.reason}): free some space there`
    : error.reason
}

/** The archive failed in use; a missing right is not cured by running again. */
export const archiveFailed =
  (place: string, doing: string) =>
  (error: PostgresError): ArchiveError =>
    error.code === "42501"
      ? archiveUnusable(place, error)
      : new ArchiveFailed({
          archive: place,
          doing,
          reason: reasonInUse(error),
          connectionLost: error.connectionLost,
        })
