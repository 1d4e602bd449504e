import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rowTexts, RowSplitter } from '@rollcall/connectors/csv';
import type { SplitterLimits } from '@rollcall/connectors/csv';

interface Split {
  readonly rows: { line: number; cells: string[] }[];
  readonly broken: { kind: string; line: number }[];
}

function split(chunks: readonly Uint8Array[], separator: ',' | ';' | '\t' = ',', limits?: SplitterLimits): Split {
  const found: Split = { rows: [], broken: [] };
  const splitter = new RowSplitter(
    {
      row: (row) => void found.rows.push({ line: row.line, cells: rowTexts(row) }),
      broken: (kind, line) => void found.broken.push({ kind, line }),
    },
    separator,
    1,
    limits,
  );
  for (const chunk of chunks) splitter.push(Buffer.from(chunk));
  splitter.end();
  return found;
}

const splitText = (text: string, separator: ',' | ';' | '\t' = ','): Split => split([Buffer.from(text)], separator);

function cut(bytes: Buffer, sizes: readonly number[]): Buffer[] {
  const chunks: Buffer[] = [];
  let at = 0;
  for (let index = 0; at < bytes.length; index += 1) {
    const size = sizes[index % sizes.length] ?? 1;
    chunks.push(bytes.subarray(at, at + size));
    at += size;
  }
  return chunks;
}

describe('RowSplitter', () => {
  it('splits plain rows and numbers lines from 1', () => {
    expect(splitText('a,b\nc,d\n')).toEqual({ rows: [{ line: 1, cells: ['a', 'b'] }, { line: 2, cells: ['c', 'd'] }], broken: [] });
  });

  it('takes LF, CR LF and CR alike and needs none at the end', () => {
    expect(splitText('a\r\nb\rc\nd').rows).toEqual([
      { line: 1, cells: ['a'] },
      { line: 2, cells: ['b'] },
      { line: 3, cells: ['c'] },
      { line: 4, cells: ['d'] },
    ]);
  });

  it('counts the lines inside quotes, whatever ends them', () => {
    expect(splitText('a,"x\r\ny\nz\rw"\nnext,1\n').rows).toEqual([
      { line: 1, cells: ['a', 'x\r\ny\nz\rw'] },
      { line: 5, cells: ['next', '1'] },
    ]);
  });

  it('leaves out blank lines and lines of separators, and counts them', () => {
    expect(splitText('a,b\n\n,\r\nc,d\n').rows.map(({ line }) => line)).toEqual([1, 4]);
  });

  it('reads doubled quotes, empty quoted fields and quotes inside plain fields', () => {
    expect(splitText('"say ""hi""","",5\' 10",x"y\n').rows[0]?.cells).toEqual(['say "hi"', '', '5\' 10"', 'x"y']);
  });

  it('splits at semicolons and tabs when told so', () => {
    expect(splitText('a;"b;c";d,e\n', ';').rows[0]?.cells).toEqual(['a', 'b;c', 'd,e']);
    expect(splitText('a\t"b\tc"\td e\n', '\t').rows[0]?.cells).toEqual(['a', 'b\tc', 'd e']);
  });

  it('reports a quote that is never closed at its own line and reads on with the next', () => {
    expect(splitText('id,name\n1,Ada\n2,"Bob\n3,Eve\n4,Zoe\n')).toEqual({
      rows: [
        { line: 1, cells: ['id', 'name'] },
        { line: 2, cells: ['1', 'Ada'] },
        { line: 4, cells: ['3', 'Eve'] },
        { line: 5, cells: ['4', 'Zoe'] },
      ],
      broken: [{ kind: 'unclosedQuote', line: 3 }],
    });
  });

  it('does not let a stray quote swallow the rows up to the next quoted field', () => {
    const found = splitText('1,"Bob\n2,Eve\n3,"Doe, Jane"\n4,Zoe\n');
    expect(found.broken).toEqual([{ kind: 'unclosedQuote', line: 1 }]);
    expect(found.rows.map(({ cells }) => cells[1])).toEqual(['Eve', 'Doe, Jane', 'Zoe']);
    expect(found.rows.map(({ line }) => line)).toEqual([2, 3, 4]);
  });

  it('breaks only the row where text follows a closing quote', () => {
    const found = splitText('1,"Bob" Smith,x\n2,Eve,y\n');
    expect(found.broken).toEqual([{ kind: 'unclosedQuote', line: 1 }]);
    expect(found.rows).toEqual([{ line: 2, cells: ['2', 'Eve', 'y'] }]);
  });

  it('breaks rows with NUL bytes, fields over 1 MB and too many fields, and keeps the others', () => {
    const long = 'x'.repeat(1_048_577);
    const wide = 'c,'.repeat(2_001);
    const found = splitText(`a,b\nx\0y,1\n${long},1\n"${long}",1\n${wide}\nlast,1\n`);
    expect(found.broken).toEqual([
      { kind: 'nulByte', line: 2 },
      { kind: 'fieldTooLong', line: 3 },
      { kind: 'fieldTooLong', line: 4 },
      { kind: 'tooManyFields', line: 5 },
    ]);
    expect(found.rows).toEqual([{ line: 1, cells: ['a', 'b'] }, { line: 6, cells: ['last', '1'] }]);
  });

  it('does not read rows out of a long quoted field that is closed', () => {
    const inside = 'fake,row\n'.repeat(200_000);
    const found = splitText(`1,"${inside}"\n2,Eve\n`);
    expect(found.broken).toEqual([{ kind: 'fieldTooLong', line: 1 }]);
    expect(found.rows).toEqual([{ line: 200_002, cells: ['2', 'Eve'] }]);
  });

  it('gives up on a quote within its limit and still finds the rows behind it', () => {
    const limits = { columns: 10, fieldBytes: 100, rowBytes: 1_000 };
    const lines = Array.from({ length: 500 }, (_, index) => `${index},row`);
    const bytes = Buffer.from(`0,"open\n${lines.join('\n')}\n`);
    for (const size of [1, 7, 64, 100_000]) {
      const found = split(cut(bytes, [size]), ',', limits);
      expect(found.broken).toEqual([{ kind: 'unclosedQuote', line: 1 }]);
      expect(found.rows).toHaveLength(500);
      expect(found.rows.at(-1)).toEqual({ line: 501, cells: ['499', 'row'] });
    }
  });

  it('bounds a row that never ends', () => {
    const limits = { columns: 10, fieldBytes: 100, rowBytes: 1_000 };
    const found = split(cut(Buffer.from(`${'x'.repeat(5_000)}\nok,1\n`), [300]), ',', limits);
    expect(found).toEqual({ rows: [{ line: 2, cells: ['ok', '1'] }], broken: [{ kind: 'rowTooLong', line: 1 }] });
  });
});

const cell = fc.oneof(
  fc.string({ maxLength: 6 }),
  fc.string({ unit: fc.constantFrom('a', '"', ',', ';', '\t', '\n', '\r', ' ', 'é', '漢', '😀'), maxLength: 8 }),
);

/** Writes a cell as any valid writer might: quoted when it must be, or for no reason. */
function written(text: string, quote: boolean, separator: string): string {
  const must = text.includes(separator) || /[\r\n]/.test(text) || text.startsWith('"');
  return must || quote ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The line a place of the text stands on, counted as an editor does. */
function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split(/\r\n|\r|\n/).length;
}

describe('RowSplitter on any table', () => {
  it('gives back what was written, with its lines, whatever the chunks', () => {
    const table = fc.array(fc.array(fc.tuple(cell, fc.boolean()), { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 8 });
    const style = fc.record({
      separator: fc.constantFrom(',' as const, ';' as const, '\t' as const),
      end: fc.constantFrom('\n', '\r\n', '\r'),
      sizes: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 6 }),
      lastEnd: fc.boolean(),
    });
    fc.assert(
      fc.property(table, style, (cells, { separator, end, sizes, lastEnd }) => {
        // A NUL makes its row broken, and a row without text is no row: neither belongs in this property.
        const rows = cells.filter((row) => row.some(([text]) => text !== '') && row.every(([text]) => !text.includes('\0')));
        let text = '';
        const expected = rows.map((row, index) => {
          const line = lineAt(text, text.length);
          text += row.map(([value, quote]) => written(value, quote, separator)).join(separator);
          if (index < rows.length - 1 || lastEnd) text += end;
          return { line, cells: row.map(([value]) => value) };
        });
        const bytes = Buffer.from(text);
        const wanted = { rows: expected.map((row) => ({ ...row, cells: row.cells.map((value) => value.toWellFormed()) })), broken: [] };
        expect(split([bytes], separator)).toEqual(wanted);
        expect(split(cut(bytes, [1]), separator)).toEqual(wanted);
        expect(split(cut(bytes, sizes), separator)).toEqual(wanted);
      }),
      { numRuns: 500 },
    );
  });

  it('finds the same rows and breaks in any bytes, whatever the chunks', () => {
    const bytes = fc.string({ unit: fc.constantFrom('a', '"', '""', ',', '\n', '\r', '\r\n', '\0'), maxLength: 60 });
    fc.assert(
      fc.property(bytes, fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 5 }), (text, sizes) => {
        const whole = splitText(text);
        expect(split(cut(Buffer.from(text), sizes))).toEqual(whole);
        expect(split(cut(Buffer.from(text), [1]))).toEqual(whole);
        const lines = [...whole.rows.map(({ line }) => line), ...whole.broken.map(({ line }) => line)];
        expect(Math.max(0, ...lines)).toBeLessThanOrEqual(text.split(/\r\n|\r|\n/).length);
      }),
      { numRuns: 2_000 },
    );
  });
});
