import { BackupFileError } from './backup-file-error.ts';

/** Takes lines and counted bytes out of a stream of pieces, holding no more than what is taken and one piece. */
export class ByteReader {
  readonly #pieces: AsyncIterator<Uint8Array>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(pieces: AsyncIterable<Uint8Array>) {
    this.#pieces = pieces[Symbol.asyncIterator]();
  }

  /** The text up to the next line end, without it. Throws when the stream ends or the line is longer than `limit`. */
  async line(limit: number): Promise<string> {
    const read: Buffer[] = [];
    let length = 0;
    for (;;) {
      const end = this.#rest.indexOf(0x0a);
      const part = end === -1 ? this.#rest : this.#rest.subarray(0, end);
      read.push(part);
      length += part.length;
      if (length > limit) throw new BackupFileError('The file is damaged: a line in it has no end.');
      if (end !== -1) {
        this.#rest = this.#rest.subarray(end + 1);
        return Buffer.concat(read).toString('utf8');
      }
      if (!(await this.#next())) throw cutOff();
    }
  }

  /** Exactly so many bytes. */
  async bytes(count: number): Promise<Buffer> {
    const read: Buffer[] = [];
    let missing = count;
    while (missing > 0) {
      const part = this.#rest.subarray(0, missing);
      read.push(part);
      missing -= part.length;
      this.#rest = this.#rest.subarray(part.length);
      if (missing > 0 && !(await this.#next())) throw cutOff();
    }
    return read.length === 1 && read[0] !== undefined ? read[0] : Buffer.concat(read);
  }

  /** Reads on to the end of the stream. Throws when something is left. */
  async end(): Promise<void> {
    while (this.#rest.length === 0) if (!(await this.#next())) return;
    throw new BackupFileError('The file is damaged: something stands behind its end.');
  }

  /** Ends the stream early. */
  async stop(): Promise<void> {
    await this.#pieces.return?.();
  }

  async #next(): Promise<boolean> {
    const next = await this.#pieces.next();
    if (next.done === true) return false;
    this.#rest = Buffer.from(next.value.buffer, next.value.byteOffset, next.value.byteLength);
    return true;
  }
}

function cutOff(): BackupFileError {
  return new BackupFileError('The file is damaged or incomplete: its end is missing. Use another backup.');
}
