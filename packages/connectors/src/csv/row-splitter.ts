import { isBlankRow, plain, quoted, quotedWithQuotes } from './row-view.ts';
import { defaultLimits } from './row-sink.ts';
import type { BrokenRow, RowSink, SplitterLimits } from './row-sink.ts';
import type { RowView } from './row-view.ts';
import type { Separator } from './separator.ts';

const [LF, CR, QUOTE] = [10, 13, 34] as const;

/** Where the scanner stands. */
const [AT_FIELD, IN_PLAIN, IN_QUOTES, AFTER_QUOTE, TO_LINE_END] = [0, 1, 2, 3, 4] as const;

/**
 * Splits UTF-8 bytes into rows, pushed in chunks of any size; the same rows come whatever the chunks. Follows RFC 4180 with LF, CR LF or
 * CR line ends and any of the separators; a quote inside an unquoted field is text. A quoted field that is not closed properly (text after
 * the closing quote, or no closing quote within `limits.rowBytes` or the file) is reported at the line where it opened, and reading goes on
 * with the line after that one, so that one stray quote costs one row. Blank lines are no rows.
 */
export class RowSplitter implements RowView {
  bytes: Buffer = Buffer.allocUnsafe(65_536);
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly forms: Uint8Array;
  count = 0;
  line: number;

  readonly #sink: RowSink;
  readonly #separator: number;
  readonly #limits: SplitterLimits;
  #length = 0;
  #position = 0;
  #rowStart = 0;
  #fieldStart = 0;
  #state: number = AT_FIELD;
  /** Line breaks inside the quoted fields of the row so far. */
  #innerLines = 0;
  #escapes = false;
  #quoteLine = 0;
  /** Where the line after the one with the opening quote starts; -1 while no line end was seen in this field. */
  #resumeAt = -1;
  #resumeLine = 0;
  #fault: BrokenRow | null = null;
  #skipLf = false;
  #mayHoldNul = false;

  constructor(sink: RowSink, separator: Separator, firstLine = 1, limits: SplitterLimits = defaultLimits) {
    this.#sink = sink;
    this.#separator = separator.charCodeAt(0);
    this.#limits = limits;
    this.line = firstLine;
    this.starts = new Int32Array(limits.columns);
    this.ends = new Int32Array(limits.columns);
    this.forms = new Uint8Array(limits.columns);
  }

  push(chunk: Buffer): void {
    this.#append(chunk);
    this.#scan();
    this.#bound();
  }

  /** Hands over what is left. Nothing may be pushed after it. */
  end(): void {
    for (;;) {
      this.#scan();
      if (this.#state !== IN_QUOTES) break;
      this.#fail();
    }
    const nothing = this.#state === AT_FIELD && this.count === 0;
    if (nothing || this.#state === TO_LINE_END) return;
    if (this.#state === AFTER_QUOTE) this.#closeField(this.#fieldStart, this.#position - 1, this.#escapes ? quotedWithQuotes : quoted);
    else this.#closeField(this.#state === AT_FIELD ? this.#position : this.#fieldStart, this.#position, plain);
    this.#closeRow(this.#position);
  }

  #append(chunk: Buffer): void {
    if (this.#position === this.#length && this.#rowStart === this.#position) {
      this.#rowStart = this.#position = this.#length = 0;
      this.#mayHoldNul = false;
    }
    if (this.#length + chunk.length > this.bytes.length) this.#makeRoom(chunk.length);
    chunk.copy(this.bytes, this.#length);
    this.#length += chunk.length;
    this.#mayHoldNul ||= chunk.includes(0);
  }

  /** Moves the unfinished row to the front, into a larger buffer when it fills more than half of this one. */
  #makeRoom(needed: number): void {
    const kept = this.#length - this.#rowStart;
    const target = kept + needed <= this.bytes.length / 2 ? this.bytes : Buffer.allocUnsafe(Math.max(65_536, (kept + needed) * 2));
    this.bytes.copy(target, 0, this.#rowStart, this.#length);
    this.#shift(this.#rowStart);
    this.bytes = target;
  }

  #shift(by: number): void {
    for (let index = 0; index < this.count; index += 1) {
      this.starts[index] = (this.starts[index] ?? 0) - by;
      this.ends[index] = (this.ends[index] ?? 0) - by;
    }
    this.#length -= by;
    this.#position -= by;
    this.#fieldStart -= by;
    if (this.#resumeAt !== -1) this.#resumeAt -= by;
    this.#rowStart = 0;
  }

  /** Keeps what is held back within the limits. */
  #bound(): void {
    while (this.#position - this.#rowStart > this.#limits.rowBytes) {
      if (this.#state === IN_QUOTES) {
        this.#fail();
        this.#scan();
        continue;
      }
      this.#fault ??= 'rowTooLong';
      this.count = Math.min(this.count, 1);
      this.#rowStart = this.#position;
      this.#fieldStart = this.#position;
    }
  }

  #scan(): void {
    while (this.#position < this.#length) {
      if (this.#skipLf) this.#skipLineFeed();
      else if (this.#state === IN_QUOTES) this.#scanQuoted();
      else if (this.#state === AFTER_QUOTE) this.#scanAfterQuote();
      else if (this.#state === TO_LINE_END) this.#scanToLineEnd();
      else this.#scanPlain();
    }
  }

  /** The second half of a CR LF belongs to the row before. */
  #skipLineFeed(): void {
    this.#skipLf = false;
    if (this.bytes[this.#position] === LF) this.#position += 1;
    this.#rowStart = this.#position;
  }

  /** The hot loop: unquoted fields, row after row, until a quote opens or the bytes end. */
  #scanPlain(): void {
    const bytes = this.bytes;
    const length = this.#length;
    const separator = this.#separator;
    const { starts, ends, forms } = this;
    const columns = this.#limits.columns;
    const longest = this.#limits.fieldBytes;
    let position = this.#position;
    let fieldStart = this.#state === IN_PLAIN ? this.#fieldStart : position;
    let fresh = this.#state === AT_FIELD;
    let count = this.count;
    while (position < length) {
      let byte = bytes[position] ?? 0;
      if (fresh && byte === QUOTE) {
        this.#openQuote(position, count);
        return;
      }
      while (byte !== separator && byte !== LF && byte !== CR) {
        position += 1;
        if (position === length) {
          this.#pause(IN_PLAIN, position, fieldStart, count);
          return;
        }
        byte = bytes[position] ?? 0;
      }
      if (count === columns) this.#fault ??= 'tooManyFields';
      else {
        starts[count] = fieldStart;
        ends[count] = position;
        forms[count] = plain;
        count += 1;
      }
      if (position - fieldStart > longest) this.#fault ??= 'fieldTooLong';
      position += 1;
      fieldStart = position;
      fresh = true;
      if (byte !== separator) {
        this.#pause(AT_FIELD, position, fieldStart, count);
        this.#closeRow(position - 1);
        if (byte === CR) {
          this.#skipLf = true;
          return;
        }
        count = 0;
      }
    }
    this.#pause(AT_FIELD, position, fieldStart, count);
  }

  #pause(state: number, position: number, fieldStart: number, count: number): void {
    this.#state = state;
    this.#position = position;
    this.#fieldStart = fieldStart;
    this.count = count;
  }

  #openQuote(position: number, count: number): void {
    this.#pause(IN_QUOTES, position + 1, position + 1, count);
    this.#escapes = false;
    this.#quoteLine = this.line + this.#innerLines;
    this.#resumeAt = -1;
  }

  #scanQuoted(): void {
    const bytes = this.bytes;
    const length = this.#length;
    let position = this.#position;
    while (position < length) {
      const byte = bytes[position] ?? 0;
      position += 1;
      if (byte === QUOTE) {
        this.#position = position;
        this.#state = AFTER_QUOTE;
        return;
      }
      if (byte === LF || byte === CR) this.#countInnerLine(byte, position);
    }
    this.#position = position;
  }

  /** CR LF is one line end: its CR is counted, its LF only moves the place where the next line starts. */
  #countInnerLine(byte: number, next: number): void {
    const secondHalf = byte === LF && next - 2 >= this.#fieldStart && this.bytes[next - 2] === CR;
    if (!secondHalf) this.#innerLines += 1;
    if (this.#resumeAt === -1 || (secondHalf && this.#resumeAt === next - 1)) {
      this.#resumeAt = next;
      this.#resumeLine = this.#quoteLine + 1;
    }
  }

  /** A quote inside quotes: doubled it is text, before a separator or a line end it closes, before anything else the field is broken. */
  #scanAfterQuote(): void {
    const byte = this.bytes[this.#position];
    if (byte === QUOTE) {
      this.#position += 1;
      this.#escapes = true;
      this.#state = IN_QUOTES;
      return;
    }
    if (byte !== this.#separator && byte !== LF && byte !== CR) return this.#fail();
    this.#closeField(this.#fieldStart, this.#position - 1, this.#escapes ? quotedWithQuotes : quoted);
    this.#position += 1;
    this.#state = AT_FIELD;
    if (byte === this.#separator) return;
    this.#closeRow(this.#position - 1);
    this.#skipLf = byte === CR;
  }

  #scanToLineEnd(): void {
    while (this.#position < this.#length) {
      const byte = this.bytes[this.#position];
      this.#position += 1;
      this.#rowStart = this.#position;
      if (byte !== LF && byte !== CR) continue;
      this.line += 1;
      this.#state = AT_FIELD;
      this.#skipLf = byte === CR;
      return;
    }
  }

  /** Gives up on a quoted field: reports it where it opened and goes on with the line after that. */
  #fail(): void {
    this.#sink.broken('unclosedQuote', this.#quoteLine);
    this.count = 0;
    this.#innerLines = 0;
    this.#fault = null;
    if (this.#resumeAt === -1) {
      this.line = this.#quoteLine;
      this.#state = TO_LINE_END;
      return;
    }
    this.line = this.#resumeLine;
    this.#position = this.#resumeAt;
    this.#rowStart = this.#resumeAt;
    this.#state = AT_FIELD;
  }

  #closeField(start: number, end: number, form: number): void {
    if (end - start > this.#limits.fieldBytes) this.#fault ??= 'fieldTooLong';
    if (this.count >= this.#limits.columns) {
      this.#fault ??= 'tooManyFields';
      return;
    }
    this.starts[this.count] = start;
    this.ends[this.count] = end;
    this.forms[this.count] = form;
    this.count += 1;
  }

  #closeRow(end: number): void {
    if (this.#mayHoldNul && this.bytes.subarray(this.#rowStart, end).includes(0)) this.#fault ??= 'nulByte';
    if (this.#fault !== null) this.#sink.broken(this.#fault, this.line);
    else if (!isBlankRow(this)) this.#sink.row(this);
    this.line += 1 + this.#innerLines;
    this.count = 0;
    this.#innerLines = 0;
    this.#fault = null;
    this.#rowStart = this.#position;
  }
}
