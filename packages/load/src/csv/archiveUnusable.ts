/** Why a folder cannot be used as a CSV archive, each in one clear line. */
import * as path from "node:path"
import { ArchiveUnusable } from "../ArchiveError.ts"
import { errorCode, isDenied } from "../errorCode.ts"
import { DamagedFile } from "./DamagedFile.ts"
import type { LockHolder } from "./WriterLock.ts"

const because = (reason: string, cure: string) => (archive: string) =>
  new ArchiveUnusable({ archive, reason, cure: `${cure}.` })

const another = "choose another folder with --out"

const unusable = {
  notFolder: because("this is not a folder", `Choose a folder with --out`),
  notWritable: because("this folder cannot be written to", `Make it writable for this user, or ${another}`),
  notReadable: because("this folder cannot be read", `Make it readable for this user, or ${another}`),
  notMade: because("this folder cannot be made there", "Choose another folder with --out"),
  full: because("the disk is full", `Free some space, or ${another}`),
}

const byCode: Readonly<Record<string, (archive: string) => ArchiveUnusable>> = {
  ENOTDIR: unusable.notFolder,
  ENOENT: unusable.notMade,
  EEXIST: unusable.notFolder,
  EROFS: unusable.notWritable,
  ENOSPC: unusable.full,
  EDQUOT: unusable.full,
}

/** A failure of the file system, or of reading what is in the folder, while the archive was being opened. */
export const cannotOpen =
  (archive: string, access: "read" | "write") =>
  (cause: unknown): ArchiveUnusable => {
    if (cause instanceof ArchiveUnusable) return cause
    if (cause instanceof DamagedFile)
      return new ArchiveUnusable({ archive, reason: cause.message, cure: cause.cure })
    const code = errorCode(cause)
    if (isDenied(cause)) return (access === "read" ? unusable.notReadable : unusable.notWritable)(archive)
    const known = byCode[code]
    if (known !== undefined) return known(archive)
    const message = cause instanceof Error ? cause.message : String(cause)
    return because(
      `cannot be opened: ${message}`,
      `Repair it or restore it from a backup, or ${another}`,
    )(archive)
  }

/** @param found a few of the names that lie there */
export const foreignFolder = (archive: string, found: ReadonlyArray<string>): ArchiveUnusable =>
  because(
    `this folder is not empty and is no archive: it holds ${found.slice(0, 3).join(", ")}`,
    "Choose an empty or a new folder with --out",
  )(archive)

export const unreadableSettings = because("its archive.json is damaged", "Restore that file from a backup")

export const newerFormat = (archive: string, format: number, own: number): ArchiveUnusable =>
  because(
    `it was written by a newer version of vodstation-etl (format ${format}, this one knows ${own})`,
    `Upgrade vodstation-etl, or ${another}`,
  )(archive)

export const noSuchZone = (archive: string, zone: string): ArchiveUnusable =>
  because(
    `${JSON.stringify(zone)} is no time zone`,
    "Set VODSTATION_TIMEZONE to a name like Asia/Seoul or an offset like +09:00",
  )(archive)

export const otherZone = (archive: string, own: string, asked: string): ArchiveUnusable =>
  because(
    `it was made for work days in ${own}, which cannot change to ${asked} later`,
    `Unset VODSTATION_TIMEZONE or set it to ${own}, or ${another}`,
  )(archive)

export const otherDialect = (archive: string, excel: boolean): ArchiveUnusable =>
  excel
    ? because("it was made with --excel, for good", `Give --excel again, or ${another}`)(archive)
    : because("it was made without --excel, for good", `Leave --excel out, or ${another}`)(archive)

export const otherHost = (archive: string, own: string, asked: string): ArchiveUnusable =>
  because(
    `it is filled from ${own}, and rows of ${asked} could not be told apart from those`,
    `Check VODSTATION_BASE_URL and --site, or ${another}`,
  )(archive)

export const heldBy = (archive: string, holder: LockHolder): ArchiveUnusable =>
  because(
    `another program is writing to it: process ${holder.pid} on ${holder.host}, since ${holder.since}`,
    `Wait until it has ended, or end it. If it has ended already, and ran on another machine or in a container, remove ${path.join(archive, ".lock")}`,
  )(archive)

const ours = "This is a mistake in vodstation-etl: please report it"

export const openedForReading = because("it was opened for reading only", ours)

export const notPrepared = because("it was not made ready to be written", ours)
