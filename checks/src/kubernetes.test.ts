import { spawnSync } from "node:child_process"
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { CronJob } from "kubernetes-models/batch/v1"
import { PersistentVolumeClaim, Secret } from "kubernetes-models/v1"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { parseAllDocuments } from "yaml"
import { readProjectFile, root } from "./projectFiles.fixture.ts"

const folder = "deploy/kubernetes"
const files = readdirSync(join(root, folder)).filter((name) => name.endsWith(".yaml"))

/** Where the schema of a kind is: its values as a validator, its names as types. */
const kinds: Readonly<Record<string, { readonly model: any; readonly types: string }>> = {
  CronJob: { model: CronJob, types: "kubernetes-models/batch/v1" },
  Secret: { model: Secret, types: "kubernetes-models/v1" },
  PersistentVolumeClaim: { model: PersistentVolumeClaim, types: "kubernetes-models/v1" },
}

const documents = (file: string): ReadonlyArray<any> =>
  parseAllDocuments(readProjectFile(`${folder}/${file}`), { strict: true }).map((document) => {
    expect(document.errors).toEqual([])
    return document.toJS()
  })

const cronJobs = files.flatMap((file) => documents(file).filter((each) => each.kind === "CronJob"))

/** The compiler knows which fields there are, where the validators let any pass. Below the project, to find the types. */
let scratch: string

beforeAll(() => {
  scratch = mkdtempSync(join(import.meta.dirname, "..", "node_modules", ".manifests-"))
})

afterAll(() => rmSync(scratch, { recursive: true, force: true }))

/** What the compiler has against a manifest; empty where it has nothing. */
const unknownFields = (name: string, manifests: ReadonlyArray<any>): string => {
  const lines = manifests.map(
    (each, index) =>
      `import type { I${each.kind} as Kind${index} } from ${JSON.stringify(kinds[each.kind]!.types)}\n` +
      `export const manifest${index}: Kind${index} = ${JSON.stringify(each, undefined, 1)}\n`,
  )
  const source = join(scratch, `${name}.ts`)
  writeFileSync(source, lines.join(""))
  const flags = ["--noEmit", "--strict", "--skipLibCheck", "--module", "nodenext", "--ignoreConfig"]
  const compiler = join(root, "node_modules/.bin/tsc")
  return spawnSync(compiler, [...flags, source], { encoding: "utf8", cwd: scratch }).stdout
}

describe("manifests for Kubernetes", () => {
  it.each(files)("%s has the values and the fields of its schema, and no other", (file) => {
    const manifests = documents(file)
    for (const manifest of manifests) {
      const { apiVersion, kind } = kinds[manifest.kind]!.model
      expect(manifest).toMatchObject({ apiVersion, kind })
      new kinds[manifest.kind]!.model(manifest).validate()
    }
    expect(unknownFields(file.replaceAll(".", "-"), manifests)).toBe("")
  })

  it("are held against schemas that see a mistake in a value, or in a name", () => {
    const [job] = documents("nightly.yaml")
    const wrongValue = structuredClone(job)
    wrongValue.spec.jobTemplate.spec.template.spec.restartPolicy = "Sometimes"
    expect(() => new CronJob(wrongValue).validate()).toThrow(/restartPolicy must be/)
    const wrongName = structuredClone(job)
    wrongName.spec.jobTemplate.spec.backofLimit = 3
    expect(unknownFields("wrong-name", [wrongName])).toMatch(/"backofLimit"' does not exist in type/)
  })

  it.each(cronJobs.map((job) => [job.metadata.name, job]))("%s runs alone, and may do little", (_, job) => {
    expect(job.spec).toMatchObject({ concurrencyPolicy: "Forbid", timeZone: "Asia/Seoul" })
    const pod = job.spec.jobTemplate.spec.template.spec
    expect(pod).toMatchObject({
      restartPolicy: "Never",
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
    })
    for (const container of pod.containers) {
      expect(container.securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ["ALL"] },
      })
      expect(container.resources).toMatchObject({
        requests: { memory: expect.anything() },
        limits: { memory: expect.anything() },
      })
    }
  })

  it.each(cronJobs.map((job) => [job.metadata.name, job]))(
    "%s asks the secret only for what it holds, and mounts only volumes that it names",
    (_, job) => {
      const [secret] = documents("secret.example.yaml")
      const pod = job.spec.jobTemplate.spec.template.spec
      const volumes = pod.volumes.map((volume: any) => volume.name)
      for (const container of pod.containers) {
        for (const { secretRef } of container.envFrom ?? []) expect(secretRef.name).toBe(secret.metadata.name)
        for (const { name, valueFrom } of container.env ?? []) {
          expect(valueFrom.secretKeyRef).toEqual({ name: secret.metadata.name, key: name })
          expect(secret.stringData).toHaveProperty(name)
        }
        expect(volumes).toEqual(
          expect.arrayContaining(container.volumeMounts.map((mount: any) => mount.name)),
        )
      }
    },
  )

  it.each(cronJobs.map((job) => [job.metadata.name, job]))(
    "%s gives the program flags that it has",
    (_, job) => {
      const [{ args }] = job.spec.jobTemplate.spec.template.spec.containers
      const program = join(root, "apps/runner/src/main.ts")
      // The flags are read before the keys, which are not there.
      const { status, stderr } = spawnSync(process.execPath, [program, ...args], {
        env: { PATH: process.env["PATH"], HOME: scratch },
        encoding: "utf8",
      })
      expect([status, stderr]).toEqual([2, expect.stringContaining("NCLOUD_ACCESS_KEY_ID")])
    },
  )
})
