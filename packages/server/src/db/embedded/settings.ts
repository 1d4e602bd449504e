const mebibyte = 1_048_576;

/** What is shared and cached, by the memory there is: pages that the database does not hold itself cost a trip to the system each. */
function memorySettings(memoryBytes: number): { readonly shared_buffers: string; readonly effective_cache_size: string } {
  const shared = Math.min(Math.max(memoryBytes / 16, 256 * mebibyte), 1_024 * mebibyte);
  const cached = Math.max(memoryBytes / 2, 1_024 * mebibyte);
  return { shared_buffers: `${Math.floor(shared / mebibyte)}MB`, effective_cache_size: `${Math.floor(cached / mebibyte)}MB` };
}

export interface Memory {
  /** Of the machine, or of the container. */
  readonly memoryBytes: number;
  /** Of the system's file system in which processes share memory; null: it has none. */
  readonly sharedBytes: number | null;
}

/** A container has 64 MB for processes to share unless told; what does not fit is refused as if the disk were full. Files in the data folder serve as well, if more slowly. */
function sharedSettings(sharedBytes: number | null): Readonly<Record<string, string>> {
  return sharedBytes !== null && sharedBytes < 256 * mebibyte ? { dynamic_shared_memory_type: "mmap" } : {};
}

/**
 * The server's settings, given as arguments at every start: lines appended to postgresql.conf after initdb were seen missing on
 * disk after a power loss.
 *
 * @param testing for throw-away databases of tests only: nothing waits for the disk, so a power loss loses the database
 */
export function serverSettings(socketFolder: string, { memoryBytes, sharedBytes }: Memory, testing: boolean): Readonly<Record<string, string>> {
  return {
    listen_addresses: "",
    // A list of folders: quoted, so that a comma in the path does not split it.
    unix_socket_directories: `"${socketFolder.replaceAll('"', '""')}"`,
    unix_socket_permissions: "0700",
    max_connections: testing ? "300" : "100",
    ...memorySettings(memoryBytes),
    ...sharedSettings(sharedBytes),
    ...(testing ? { shared_buffers: "128MB" } : {}),
    work_mem: "32MB",
    maintenance_work_mem: "256MB",
    random_page_cost: "1.1",
    jit: "off",
    // One machine without replicas: bulk loads into new tables then need not be written twice.
    wal_level: "minimal",
    max_wal_senders: "0",
    // Compressing whole pages costs more time than writing them: a third of what changing millions of rows takes (ADR 24).
    wal_compression: "off",
    max_wal_size: "4GB",
    timezone: "UTC",
    log_timezone: "UTC",
    // Statements and details carry people's names and addresses, which never go to a log.
    log_min_error_statement: "panic",
    log_error_verbosity: "terse",
    fsync: testing ? "off" : "on",
    synchronous_commit: testing ? "off" : "on",
    full_page_writes: testing ? "off" : "on",
  };
}

/** The settings as `-c name=value` arguments. */
export function asArguments(settings: Readonly<Record<string, string>>): string[] {
  return Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}
