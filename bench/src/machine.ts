/** What the figures of a benchmark were measured on: they mean little without. */
import { availableParallelism, cpus, totalmem } from "node:os"

export const machine = (): string =>
  `${availableParallelism()} CPUs (${cpus()[0]?.model.trim() ?? "unknown"}), ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform}, Node ${process.version}`
