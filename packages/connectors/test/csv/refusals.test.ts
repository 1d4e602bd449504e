import { describe, expect, it } from 'vitest';
import { ExportRefused, readExport } from '@rollcall/connectors/csv';
import { streamOf } from './read-fixture.ts';

async function refusal(content: string | Uint8Array, size?: number): Promise<ExportRefused> {
  try {
    await readExport(streamOf(content, size));
  } catch (error) {
    if (error instanceof ExportRefused) return error;
    throw error;
  }
  throw new Error('was taken');
}

const files: [name: string, content: string | Uint8Array, code: string][] = [
  ['nothing', '', 'empty'],
  ['blank lines', '\uFEFF \r\n\r\n', 'empty'],
  ['a web page', '<!DOCTYPE html><html><body>Log in, please, now</body></html>', 'html'],
  ['an XML error', '<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>', 'html'],
  ['JSON', '{"error":"no"}', 'json'],
  ['a workbook', Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.from('....[Content_Types].xml'), Buffer.alloc(50)]), 'spreadsheet'],
  ['an old workbook', Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), Buffer.alloc(50)]), 'spreadsheet'],
  ['a ZIP archive', Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.from('export-users.csv'), Buffer.alloc(50)]), 'archive'],
  ['a PNG image', Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47]), Buffer.alloc(50)]), 'image'],
  ['a JPEG image', Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(50)]), 'image'],
  ['a PDF', '%PDF-1.7 something', 'pdf'],
  ['binary data', Buffer.from(Array.from({ length: 500 }, (_, index) => (index * 7) % 5)), 'binary'],
  ['an order list', 'order,amount,date\n1,2,3\n', 'otherCsv'],
  ['an address book', 'name,email,phone\nAda,ada@example.com,1\n', 'otherCsv'],
  ['plain text', 'Dear administrator, this is a letter.\n', 'otherCsv'],
  ['100,000 columns', `${Array.from({ length: 100_000 }, (_, index) => `c${index}`).join(',')}\n`, 'tooManyColumns'],
  ['a header that never ends', 'x'.repeat(3_000_000), 'tooManyColumns'],
  ['a header with an open quote', 'User id,"User name,email\nid-1,Ada,a@example.com\n', 'brokenHeader'],
];

describe('files that are no export', () => {
  it.each(files)('refuses %s', async (_, content, code) => {
    const found = await refusal(content);
    expect(found.code).toBe(code);
    expect(found.message).toContain('admin.atlassian.com > Directory > Users > Export users');
    expect((await refusal(content, 4_093)).code).toBe(code);
  });

  it('names the columns of another table, not its rows', async () => {
    const { message } = await refusal('name,email,phone\nAda,ada@example.com,1\n');
    expect(message).toContain('"name", "email", "phone"');
    expect(message).not.toContain('Ada');
  });
});
