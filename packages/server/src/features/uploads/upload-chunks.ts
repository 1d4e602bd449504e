import { setImmediate } from 'node:timers/promises';
import { atCommit } from '../../app/commit-points.ts';
import type { Dependencies } from '../../app/dependencies.ts';
import type { Pool } from 'pg';

const chunkBytes = 1024 * 1024;
const pieceBytes = 16 * 1024;

export interface UploadPlace {
  readonly workspaceId: number;
  readonly uploadId: string;
}

/** The file is larger than allowed. */
export class UploadTooLarge extends Error {
  override readonly name = 'UploadTooLarge';
}

/** Stores a stream in chunks of 1 MB, holding one at a time. Returns its length. Throws UploadTooLarge beyond `largestBytes`, and what the stream throws. */
export async function storeChunks(deps: Pick<Dependencies, 'pool' | 'atCommit'>, { workspaceId, uploadId }: UploadPlace, bytes: AsyncIterable<Uint8Array>, largestBytes: number): Promise<number> {
  let total = 0;
  let n = 0;
  let waiting: Uint8Array[] = [];
  let waitingBytes = 0;
  const flush = async (): Promise<void> => {
    if (waitingBytes === 0) return;
    await atCommit(deps, 'upload.chunk', () => deps.pool.query('insert into upload_chunk (workspace_id, upload_id, n, bytes) values ($1, $2, $3, $4)', [workspaceId, uploadId, n, Buffer.concat(waiting)]));
    n += 1;
    waiting = [];
    waitingBytes = 0;
  };
  for await (const piece of bytes) {
    total += piece.length;
    if (total > largestBytes) throw new UploadTooLarge();
    waiting.push(piece);
    waitingBytes += piece.length;
    if (waitingBytes >= chunkBytes) await flush();
  }
  await flush();
  return total;
}

/** The stored file from its beginning; the next chunk is fetched while one is worked on. */
export async function* readChunks(pool: Pool, uploadId: string): AsyncGenerator<Uint8Array> {
  const fetchChunk = async (n: number): Promise<Buffer | null> => {
    // As bytes, not as text in hexadecimal: that would be three times the file in memory that is thrown away.
    const chunk = { text: 'select bytes from upload_chunk where upload_id = $1 and n = $2', values: [uploadId, n], binary: true, types: { getTypeParser: () => (bytes: Buffer) => bytes } };
    const { rows } = await pool.query<{ bytes: Buffer }>(chunk);
    return rows[0]?.bytes ?? null;
  };
  let next = fetchChunk(0);
  for (let n = 1; ; n += 1) {
    const chunk = await next;
    if (chunk === null) return;
    next = fetchChunk(n);
    // Awaited in the next round, or not at all when the reader stops.
    next.catch(() => undefined);
    // Whoever reads works piece by piece: what is made of one piece stands in memory at once. What the database answers meanwhile, and every request, is heard between two pieces.
    for (let from = 0; from < chunk.length; from += pieceBytes) {
      yield chunk.subarray(from, from + pieceBytes);
      await setImmediate();
    }
  }
}
