/**
 * For tests, where there is no Docker: carries out the steps of a Dockerfile below a folder that stands for `/`, and starts
 * what came out as the user of the image. What it cannot stand for is the base image: it brings Node, and nothing else.
 */
import { execFileSync, spawn } from "node:child_process"
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { basename, delimiter, join, matchesGlob, posix, relative } from "node:path"
import { type Copy, DockerfileParser, type Instruction } from "dockerfile-ast"
import { readProjectFile, root } from "./projectFiles.fixture.ts"

interface Stage {
  readonly name: string
  /** What stands for `/`. */
  readonly folder: string
  workdir: string
  user: ReadonlyArray<number>
  readonly env: Record<string, string>
  entrypoint: ReadonlyArray<string>
  command: ReadonlyArray<string>
}

export interface ReplayedImage {
  /** A path of the image, on this machine. */
  readonly pathOf: (inImage: string) => string
  /** Where its programs start. */
  readonly workdir: string
  /** `docker run IMAGE ARGS`; without args its own command. */
  readonly run: (
    args: ReadonlyArray<string>,
    env?: Readonly<Record<string, string>>,
  ) => Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }>
  readonly remove: () => void
}

/** @param dockerfile its path from the root of the project, which is the context */
export const buildImage = (dockerfile: string): ReplayedImage => {
  const scratch = mkdtempSync(join(tmpdir(), "vodstation-image-"))
  chmodSync(scratch, 0o755)
  const ignored = readProjectFile(`${dockerfile}.dockerignore`).split("\n")
  const stages: Array<Stage> = []
  for (const instruction of DockerfileParser.parse(readProjectFile(dockerfile)).getInstructions()) {
    if (instruction.getKeyword() === "FROM") stages.push(beginStage(scratch, instruction, stages.length))
    else carryOut(instruction, stages.at(-1)!, stages, ignored)
  }
  const image = stages.at(-1)!
  return {
    pathOf: (inImage) => join(image.folder, inImage),
    workdir: image.workdir,
    run: (args, env) => start(image, args, env),
    remove: () => rmSync(scratch, { recursive: true, force: true }),
  }
}

const beginStage = (scratch: string, from: Instruction, index: number): Stage => {
  const name = /\bAS\s+(\S+)/i.exec(from.getArgumentsContent() ?? "")?.[1] ?? `${index}`
  const folder = join(scratch, name)
  mkdirSync(join(folder, "usr/local/bin"), { recursive: true })
  cpSync(process.execPath, join(folder, "usr/local/bin/node"))
  return { name, folder, workdir: "/", user: [0, 0], env: {}, entrypoint: [], command: ["node"] }
}

const carryOut = (
  instruction: Instruction,
  stage: Stage,
  stages: ReadonlyArray<Stage>,
  ignored: ReadonlyArray<string>,
): void => {
  const content = instruction.getArgumentsContent() ?? ""
  switch (instruction.getKeyword()) {
    case "WORKDIR":
      stage.workdir = posix.resolve(stage.workdir, content)
      mkdirSync(join(stage.folder, stage.workdir), { recursive: true })
      return
    case "COPY":
      return copy(instruction as Copy, stage, stages, ignored)
    case "RUN":
      execFileSync("sh", ["-ec", belowFolder(content, stage.folder)], {
        cwd: join(stage.folder, stage.workdir),
        env: {
          ...process.env,
          CI: "true",
          PATH: [join(stage.folder, "usr/local/bin"), process.env["PATH"]].join(delimiter),
        },
        stdio: "pipe",
      })
      return
    case "USER":
      stage.user = content.split(":").map(Number)
      return
    case "ENV":
      for (const [, name, value] of content.matchAll(/(\w+)=(\S+)/g))
        stage.env[name!] = belowFolder(value!, stage.folder)
      return
    case "ENTRYPOINT":
      stage.entrypoint = JSON.parse(content)
      return
    case "CMD":
      stage.command = JSON.parse(content)
      return
    case "VOLUME":
      return
    default:
      throw new Error(`${instruction.getKeyword()} is not known here: teach it to this fixture`)
  }
}

/** `COPY [--from=STAGE] SOURCE… TARGET`: as Docker does, the content of a folder, and files into `TARGET/`. */
const copy = (
  instruction: Copy,
  stage: Stage,
  stages: ReadonlyArray<Stage>,
  ignored: ReadonlyArray<string>,
): void => {
  const from = instruction.getFromFlag()?.getValue()
  const [target, ...sources] = instruction
    .getArguments()
    .map((argument) => argument.getValue())
    .toReversed()
  const context = typeof from === "string" ? stages.find((each) => each.name === from)!.folder : root
  const filter = (path: string) =>
    typeof from === "string" || !ignored.some((pattern) => matchesGlob(relative(context, path), pattern))
  for (const source of sources) {
    const into = posix.resolve(stage.workdir, target!, target!.endsWith("/") ? basename(source) : "")
    cpSync(join(context, source), join(stage.folder, into), {
      recursive: true,
      verbatimSymlinks: true,
      filter,
    })
  }
}

/** Absolute paths at the beginning of words are those of the image. */
const belowFolder = (text: string, folder: string): string =>
  text.replaceAll(/(?<=^|\s)\/(?=\w)/g, `${folder}/`)

const start = async (
  image: Stage,
  args: ReadonlyArray<string>,
  env: Readonly<Record<string, string>> = {},
) => {
  const words = [...image.entrypoint, ...(args.length === 0 ? image.command : args)]
  const [program, ...rest] = words.map((word) => belowFolder(word, image.folder))
  const [uid, gid] = image.user
  const child = spawn(join(image.folder, "usr/local/bin", program!), rest, {
    cwd: join(image.folder, image.workdir),
    env: { HOME: "/nonexistent", PATH: join(image.folder, "usr/local/bin"), ...image.env, ...env },
    uid: uid!,
    gid: gid!,
    stdio: ["ignore", "pipe", "pipe"],
    timeout: 60_000,
    killSignal: "SIGKILL",
  })
  let stdout = ""
  let stderr = ""
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text))
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text))
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject)
    child.on("close", resolve)
  })
  return { code, stdout, stderr }
}
