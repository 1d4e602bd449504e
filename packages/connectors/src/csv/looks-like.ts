import { ExportRefused } from './refusal.ts';

/** The encodings a CSV export is read in. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/** How many bytes of a file {@link inspectStart} wants to see. */
export const inspectedBytes = 4096;

/** What the first bytes of a file say: its encoding and how many bytes its byte order mark takes. */
export interface FileStart {
  readonly encoding: Encoding;
  readonly markBytes: number;
}

const signatures: readonly (readonly [code: 'spreadsheet' | 'archive' | 'image' | 'pdf', prefix: readonly number[], sentence: string])[] = [
  ['spreadsheet', [0xd0, 0xcf, 0x11, 0xe0], 'This file looks like an old Excel workbook (XLS), not a CSV file.'],
  ['archive', [0x1f, 0x8b], 'This file is compressed (gzip). Unpack it first if it holds the export.'],
  ['archive', [0x37, 0x7a, 0xbc, 0xaf], 'This file is compressed (7z). Unpack it first if it holds the export.'],
  ['pdf', [0x25, 0x50, 0x44, 0x46, 0x2d], 'This file looks like a PDF document, not a CSV file.'],
  ['image', [0x89, 0x50, 0x4e, 0x47], 'This file looks like a PNG image, not a CSV file.'],
  ['image', [0xff, 0xd8, 0xff], 'This file looks like a JPEG image, not a CSV file.'],
  ['image', [0x47, 0x49, 0x46, 0x38], 'This file looks like a GIF image, not a CSV file.'],
  ['image', [0x52, 0x49, 0x46, 0x46], 'This file looks like an image or a recording (RIFF), not a CSV file.'],
];

/**
 * Reads the first bytes of a file (up to {@link inspectedBytes}, fewer only when the file is shorter): finds the encoding, or throws
 * {@link ExportRefused} when the file is visibly something other than text.
 */
export function inspectStart(start: Buffer): FileStart {
  refuseKnownFormats(start);
  const found = findEncoding(start);
  const text = new TextDecoder(found.encoding).decode(start.subarray(found.markBytes)).trimStart();
  if (text === '') throw new ExportRefused('empty', 'This file is empty.');
  if (/^<(?:!doctype|html|head|body|\?xml|!--|[a-z]+[\s>])/i.test(text)) {
    throw new ExportRefused('html', 'This file looks like a web page (HTML), perhaps a sign-in page that was saved in place of the export.');
  }
  if (/^(?:\{\s*["}]|\[\s*[[{"\]])/.test(text)) throw new ExportRefused('json', 'This file looks like JSON, not a CSV file.');
  return found;
}

function refuseKnownFormats(start: Buffer): void {
  if (start.length === 0) throw new ExportRefused('empty', 'This file is empty.');
  if (start.subarray(0, 4).equals(Buffer.from([0x50, 0x4b, 0x03, 0x04]))) throw zipRefusal(start);
  for (const [code, prefix, sentence] of signatures) {
    if (start.subarray(0, prefix.length).equals(Buffer.from(prefix))) throw new ExportRefused(code, sentence);
  }
}

function zipRefusal(start: Buffer): ExportRefused {
  const workbook = start.includes('[Content_Types].xml') || start.includes('xl/');
  return workbook
    ? new ExportRefused('spreadsheet', 'This file looks like an Excel workbook (XLSX), not a CSV file.')
    : new ExportRefused('archive', 'This file looks like a ZIP archive. Unpack it first if it holds the export.');
}

function findEncoding(start: Buffer): FileStart {
  if (start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf) return { encoding: 'utf-8', markBytes: 3 };
  if (start[0] === 0xff && start[1] === 0xfe) return { encoding: 'utf-16le', markBytes: 2 };
  if (start[0] === 0xfe && start[1] === 0xff) return { encoding: 'utf-16be', markBytes: 2 };
  const zeros = countZeros(start);
  const pairs = start.length / 2;
  // A header is nearly all ASCII, so UTF-16 without a mark has a zero in almost every second byte.
  if (zeros.odd > pairs * 0.7 && zeros.even < pairs * 0.1) return { encoding: 'utf-16le', markBytes: 0 };
  if (zeros.even > pairs * 0.7 && zeros.odd < pairs * 0.1) return { encoding: 'utf-16be', markBytes: 0 };
  if (zeros.even + zeros.odd > start.length * 0.05) {
    throw new ExportRefused('binary', 'This file holds binary data, not text.');
  }
  return { encoding: 'utf-8', markBytes: 0 };
}

function countZeros(start: Buffer): { even: number; odd: number } {
  let even = 0;
  let odd = 0;
  for (let index = 0; index < start.length; index += 1) {
    if (start[index] !== 0) continue;
    if (index % 2 === 0) even += 1;
    else odd += 1;
  }
  return { even, odd };
}
