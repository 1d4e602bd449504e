import { VendorError } from '@rollcall/connectors/kit';
import { expect, it } from 'vitest';
import { createLog } from '../../src/app/log.ts';
import { RequestProblem } from '../../src/app/problem.ts';

const lineOf = (facts: Readonly<Record<string, unknown>>): string => {
  let line = '';
  createLog('info', (text) => { line = text; }).info(facts, 'Said');
  return line;
};

it('says what kind of error it was and where, not whom it quotes', () => {
  const vendor = new VendorError({ kind: 'rejected', operation: 'users.search', status: 400, code: 'NO', message: 'Zebulon is gone', retryAt: null, surelyWithoutEffect: true });
  const problem = new RequestProblem({ code: 'conflict', title: 'Two of them', detail: 'There are two people called Zebulon.' });
  const value = Object.assign(new Error('invalid input syntax for type integer: "Zebulon"'), { severity: 'ERROR', code: '22P02', routine: 'pg_strtoint32' });
  const wrapped = new Error('The sync failed.', { cause: vendor });
  for (const error of [vendor, problem, value, wrapped]) expect(lineOf({ error })).not.toContain('Zebulon');
  expect(JSON.parse(lineOf({ error: vendor }))).toMatchObject({ error: { kind: 'rejected', operation: 'users.search', status: 400, code: 'NO' } });
  expect(JSON.parse(lineOf({ error: value }))).toMatchObject({ error: { code: '22P02', routine: 'pg_strtoint32' } });
  expect(JSON.parse(lineOf({ error: wrapped }))).toMatchObject({ error: { message: 'The sync failed.', cause: { kind: 'rejected' } } });
  expect(lineOf({ error: vendor })).toContain('log-words.test.ts');
});

it('keeps what helps: the place, the words of our own errors and of a database that cannot be reached', () => {
  const gone = Object.assign(new Error('terminating connection due to administrator command'), { severity: 'FATAL', code: '57P01' });
  expect(JSON.parse(lineOf({ error: gone }))).toMatchObject({ error: { code: '57P01', message: 'terminating connection due to administrator command' } });
  const own = lineOf({ error: new Error('The pages of a step repeat.') });
  expect(own).toContain('The pages of a step repeat.');
  expect(own).toMatch(/at .*log-words\.test\.ts:\d+/u);
});

it('lets no e-mail address and no secret of ours through, wherever it stands', () => {
  const line = lineOf({ why: 'ada.lovelace+x@example.co.uk was refused', path: '/x/ada%40example.com', list: [{ token: 'rct_0123456789abcdef' }], url: 'postgresql://rollcall:secret@db.example.com/rollcall' });
  expect(line).not.toMatch(/ada|lovelace|rct_0|secret@|db\.example/u);
  // Not everything with a sign in it is an address.
  for (const text of ['node_modules/@rollcall/server/src/app/log.ts', 'pg@8.23.1']) expect(lineOf({ text })).toContain(text);
  expect(lineOf({ text: '花子@例え.テスト は拒否されました' })).not.toContain('花子');
});
