import { readFile } from 'node:fs/promises';
import { faultKinds, startSandbox } from '@rollcall/sandbox';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { faults } from './faults.ts';
import { matrix } from './matrix.ts';
import type { Row } from './matrix.ts';
import { operations } from './operations.ts';
import type { Operation } from './operations.ts';
import { perform } from './perform.ts';
import type { Outcome } from './perform.ts';

const unharmed = new Map<string, string>();
beforeAll(async () => {
  for (const operation of operations) unharmed.set(operation.name, (await perform(operation, null, null)).word);
});

const isError = (word: string): boolean => /^[a-z]+[A-Z]?[a-zA-Z]*$/u.test(word) ? ['transient', 'rateLimited', 'auth', 'forbidden', 'notFound', 'rejected', 'quota', 'unsupported'].includes(word) : word.endsWith(', unclear');

/** A cell as text: the word, what the vendor's journal has, and what does not fit. */
function cellOf(operation: Operation, row: Row, { word, message, effects, strangers, waited }: Outcome): string {
  return [
    word,
    ...(operation.class === 'write' ? [`${effects} made`] : effects > 0 ? [`${effects} made by a read`] : []),
    ...(strangers > 0 ? [`${strangers} to somebody else`] : []),
    ...(isError(word) && row.words !== undefined && !row.words.test(message) ? [`says ${message}`] : []),
    ...(row.waits !== undefined && Math.round(waited / 1000) !== row.waits ? [`waited ${waited} ms`] : []),
  ].join(', ');
}

function expectedCell(operation: Operation, row: Row): string {
  const word = row.except?.[operation.name] ?? row.by[operation.class];
  return operation.class === 'write' ? `${word}, ${row.effects ?? (word === 'unharmed' ? 1 : 0)} made` : word;
}

describe('every fault, at every operation of the connector', () => {
  test.each(faults.map((fault) => [fault.name, fault] as const))('%s', async (name, fault) => {
    const row = matrix[name];
    if (row === undefined) throw new Error(`${name} is not in the matrix`);
    const cells: (readonly [string, string])[] = [];
    const strike = async (operation: Operation): Promise<void> => {
      cells.push([operation.name, cellOf(operation, row, await perform(operation, fault, unharmed.get(operation.name) ?? ''))]);
    };
    if (fault.slow === true) await Promise.all(operations.map(strike));
    else for (const operation of operations) await strike(operation);
    expect(Object.fromEntries(cells)).toStrictEqual(Object.fromEntries(operations.map((operation) => [operation.name, expectedCell(operation, row)])));
  });
});

describe('no fault is forgotten', () => {
  test('the matrix has a row for each fault, and no other; each exception names an operation', () => {
    expect(Object.keys(matrix).toSorted()).toStrictEqual(faults.map(({ name }) => name).toSorted());
    const names = new Set(operations.map(({ name }) => name));
    expect(Object.values(matrix).flatMap((row) => Object.keys(row.except ?? {})).filter((name) => !names.has(name))).toStrictEqual([]);
  });

  test('every kind of fault that the sandbox knows strikes', async () => {
    const sandbox = await startSandbox({ users: 20 });
    onTestFinished(() => sandbox.close());
    const armed = new Set<string>(faults.flatMap((fault) => (fault.arm?.(sandbox) ?? []).map(({ effect }) => effect.kind)));
    expect(faultKinds.filter((kind) => !armed.has(kind))).toStrictEqual([]);
  });

  test('docs/failures.md names each fault, and what comes of it, once', async () => {
    const text = await readFile(new URL('../../../../docs/failures.md', import.meta.url), 'utf8');
    const told = [...text.matchAll(/^\| `(?<name>[a-zA-Z]+)` \|/gmu)].map((row) => row.groups?.['name'] ?? '');
    expect(told.toSorted()).toStrictEqual(faults.map(({ name }) => name).toSorted());
  });
});
