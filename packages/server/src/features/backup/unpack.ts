import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { finished } from 'node:stream';
import type { Transform } from 'node:stream';
import { createZstdDecompress } from 'node:zlib';
import { BackupFileError } from './backup-file-error.ts';
import { firstLine, firstLineLimit, formatVersion, lastLine, lastLineBytes, pieceBytes } from './format.ts';

export interface Unpacked {
  /** The records' bytes. They end only when the digest of the whole file was found right. */
  readonly records: AsyncIterable<Uint8Array>;
  /** The error that is worth telling: the source's own one as it is, anything else as a damaged file. */
  tell(error: unknown): Error;
}

/** Takes the envelope off: first line, compression, digest of the whole. The source may be a file or a download under way. */
export function unpack(source: AsyncIterable<Uint8Array>): Unpacked {
  let sourceError: Error | undefined;
  const watched = async function* watched(): AsyncGenerator<Uint8Array, void> {
    try {
      yield* source;
    } catch (error) {
      sourceError = error instanceof Error ? error : new Error(String(error));
      throw error;
    }
  };
  const unpacking = createZstdDecompress({ chunkSize: pieceBytes });
  const read = feed(unpacking, body(watched()));
  const records = async function* records(): AsyncGenerator<Uint8Array, void> {
    for await (const piece of unpacking) {
      if (!Buffer.isBuffer(piece)) throw new TypeError('zstd gives buffers.');
      yield piece;
    }
    await read;
  };
  return {
    records: records(),
    tell: (error) => {
      if (sourceError !== undefined) return sourceError;
      if (error instanceof BackupFileError) return error;
      return new BackupFileError('The file is damaged: its content cannot be unpacked. Use another backup.', { cause: error });
    },
  };
}

/**
 * Gives the body to the unpacking, which ends by itself at the end of its frame, maybe before it has taken all: the rest is read for the digest alone. Rejects when the
 * source or the digest does; the unpacking then fails as well.
 */
function feed(unpacking: Transform, packed: AsyncIterable<Uint8Array>): Promise<void> {
  let over = false;
  const ended = new Promise<void>((resolve) => {
    finished(unpacking, { writable: false }, () => {
      over = true;
      resolve();
    });
  });
  const work = async (): Promise<void> => {
    try {
      for await (const piece of packed) {
        // Nobody reads on: the rest need not be read either.
        if (unpacking.destroyed && !unpacking.readableEnded) return;
        if (!over && !unpacking.write(piece)) await Promise.race([once(unpacking, 'drain').catch(() => undefined), ended]);
      }
      unpacking.end();
    } catch (error) {
      unpacking.destroy(error instanceof Error ? error : undefined);
      throw error;
    }
  };
  const done = work();
  // Whoever reads the records meets it too.
  done.catch(() => undefined);
  return done;
}

/** What stands between the first and the last line. Throws at its end when the digest is not that of what came. */
async function* body(source: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer, void> {
  const hash = createHash('sha256');
  let held: Buffer = Buffer.alloc(0);
  let begun = false;
  for await (const piece of source) {
    held = Buffer.concat([held, piece]);
    if (!begun) {
      if (held.length < firstLineLimit + lastLineBytes) continue;
      held = afterFirstLine(held, hash);
      begun = true;
    }
    const ready = held.length - lastLineBytes;
    if (ready <= 0) continue;
    const part = held.subarray(0, ready);
    hash.update(part);
    held = held.subarray(ready);
    yield part;
  }
  if (!begun) throw notABackup(held);
  const digest = lastLine.exec(held.toString('latin1'))?.groups?.['digest'];
  if (digest === undefined) throw new BackupFileError('The file is incomplete: its end is missing. It was cut off on its way, or the disk was full. Use another backup.');
  if (digest !== hash.digest('hex')) throw new BackupFileError('The file is damaged: its digest is not that of its content. Use another backup.');
}

function afterFirstLine(bytes: Buffer, hash: { update(data: Uint8Array): unknown }): Buffer {
  const found = firstLine.exec(bytes.subarray(0, firstLineLimit).toString('latin1'));
  if (found === null) throw notABackup(bytes);
  const version = Number(found.groups?.['version']);
  if (version !== formatVersion) throw new BackupFileError(`This backup has format ${version}, which this version of Rollcall does not know. Restore it with the Rollcall that made it, or a later one.`);
  hash.update(bytes.subarray(0, found[0].length));
  return bytes.subarray(found[0].length);
}

function notABackup(bytes: Buffer): BackupFileError {
  if (bytes.length === 0) return new BackupFileError('The file is empty. Use another backup.');
  const looksLike =
    bytes.subarray(0, 5).toString('latin1') === 'PGDMP' ? ' It is a dump of pg_dump: bring it back with pg_restore.'
    : firstLine.test(bytes.toString('latin1')) ? ' It was cut off right at its beginning.'
    : '';
  return new BackupFileError(`This is no backup made by "rollcall backup".${looksLike}`);
}
