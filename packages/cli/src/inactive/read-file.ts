import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { UsageError } from './usage-error.ts';

const chunkBytes = 1_048_576;

export interface OpenedFile {
  readonly bytes: number;
  readonly modifiedAt: Date;
  /** The file's bytes; a chunk's memory is used again after the next but one is asked for. Closes the file at its end. */
  readonly chunks: AsyncIterable<Uint8Array>;
}

/** Opens a file for one reading from start to end, with the next chunk on its way while one is worked on. Throws {@link UsageError} when it cannot be read. */
export async function openFile(path: string): Promise<OpenedFile> {
  const handle = await opened(path);
  try {
    const stat = await handle.stat();
    if (stat.isDirectory()) throw new UsageError(`${path} is a folder. Give the CSV file itself.`);
    return { bytes: stat.size, modifiedAt: stat.mtime, chunks: readAhead(handle) };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function opened(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code === 'ENOENT') throw new UsageError(`There is no file ${path}.`);
    if (code === 'EACCES' || code === 'EPERM') throw new UsageError(`${path} may not be read by this user.`);
    throw error;
  }
}

async function* readAhead(handle: FileHandle): AsyncGenerator<Uint8Array, void, undefined> {
  const buffers: [Buffer, Buffer] = [Buffer.allocUnsafeSlow(chunkBytes), Buffer.allocUnsafeSlow(chunkBytes)];
  let turn: 0 | 1 = 0;
  let pending = handle.read(buffers[0], 0, chunkBytes);
  try {
    for (;;) {
      const { bytesRead } = await pending;
      if (bytesRead === 0) return;
      const full = buffers[turn];
      turn = turn === 0 ? 1 : 0;
      pending = handle.read(buffers[turn], 0, chunkBytes);
      yield full.subarray(0, bytesRead);
    }
  } finally {
    await pending.catch(() => undefined);
    await handle.close();
  }
}
