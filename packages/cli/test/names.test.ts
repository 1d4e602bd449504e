import { describe, expect, it } from 'vitest';
import { findById } from '../src/names/find-by-id.ts';
import { pickOne } from '../src/names/pick-one.ts';

const sources = [
  { id: '01936f2a-7b3c-7000-8000-000000000001', name: 'Acme' },
  { id: '01936f2a-7b3c-7000-8000-000000000002', name: 'Acme Labs' },
  { id: '01936f2b-0000-7000-8000-000000000003', name: 'Beta' },
];
const pick = (text: string): string => pickOne('source', text, sources, (one) => one).name;

describe('names people give', () => {
  it.each([['acme', 'Acme'], ['Acme L', 'Acme Labs'], ['be', 'Beta'], ['01936f2b', 'Beta'], [sources[1]?.id ?? '', 'Acme Labs']])('%s means %s', (text, name) => {
    expect(pick(text)).toBe(name);
  });

  it('never guesses', () => {
    expect(() => pick('ac')).toThrow(/can mean several/);
    expect(() => pick('0193')).toThrow(/There is no source "0193"/);
    expect(() => pick('')).toThrow(/There is no source/);
  });
});

describe('plans and runs by id', () => {
  const page = (after: string | undefined) => Promise.resolve(after === undefined ? { items: sources.slice(0, 2), next: 'x' } : { items: sources.slice(2), next: null });
  const find = (text: string) => findById(text, { what: 'plan', get: (id) => Promise.resolve({ id, name: 'whole id' }), page });

  it('takes latest, a beginning and the whole', async () => {
    expect((await find('latest')).name).toBe('Acme');
    expect((await find('01936f2b')).name).toBe('Beta');
    expect((await find(sources[0]?.id ?? '')).name).toBe('whole id');
  });

  it('says what is missing', async () => {
    await expect(find('01936f2a')).rejects.toThrow(/can mean 2 plans/);
    await expect(find('abc')).rejects.toThrow(/at least six characters/);
    await expect(find('ffffff')).rejects.toThrow(/There is no plan ffffff/);
  });
});
