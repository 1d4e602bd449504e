import { readExport } from '@rollcall/connectors/csv';
import type { ExportRecord, OpenOptions, ReadReport } from '@rollcall/connectors/csv';

/** A file's bytes as a stream, in one chunk or in chunks of `size`. */
export async function* streamOf(content: string | Uint8Array, size = Number.POSITIVE_INFINITY): AsyncGenerator<Uint8Array> {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  if (bytes.length <= size) {
    yield bytes;
    return;
  }
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** Reads a whole file. */
export async function readAll(
  content: string | Uint8Array,
  options: OpenOptions & { size?: number } = {},
): Promise<{ records: ExportRecord[]; report: ReadReport }> {
  const reading = await readExport(streamOf(content, options.size), options);
  const records: ExportRecord[] = [];
  for await (const batch of reading.batches) records.push(...batch);
  return { records, report: reading.report() };
}
