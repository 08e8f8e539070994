/** The settings of the embedded server. */

// Nothing here trades safety for speed: people keep this archive, so fsync and synchronous_commit stay on.
const fixed: Readonly<Record<string, string>> = {
  listen_addresses: "127.0.0.1",
  // A socket's path may have 107 bytes, which a home folder easily exceeds.
  unix_socket_directories: "",
  max_connections: "50",
  shared_buffers: "128MB",
  max_wal_size: "2GB",
  timezone: "UTC",
  log_timezone: "UTC",
  log_destination: "stderr",
  logging_collector: "off",
  log_min_messages: "warning",
}

/** Arguments that start the server of `dataFolder` on `port`. */
export const serverArguments = (dataFolder: string, port: number): ReadonlyArray<string> => [
  "-D",
  dataFolder,
  ...Object.entries({ ...fixed, port: String(port) }).flatMap(([name, value]) => ["-c", `${name}=${value}`]),
]
