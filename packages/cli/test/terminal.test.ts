import { describe, expect, it } from 'vitest';
import { createPaint } from '../src/terminal/paint.ts';
import { barLine, createProgress } from '../src/terminal/progress.ts';
import { facts, table } from '../src/terminal/table.ts';
import { duration } from '../src/terminal/times.ts';
import { capturedTerminal } from './support/captured-terminal.ts';

const plain = createPaint(false);

describe('tables', () => {
  const columns = [
    { title: 'Name', value: (row: { name: string; count: number }) => row.name, widest: 10 },
    { title: 'Count', value: (row: { name: string; count: number }) => row.count, align: 'right' as const },
  ];

  it('aligns wide characters by the columns they take', () => {
    const rows = [{ name: '佐藤 花子', count: 5 }, { name: 'Alice', count: 12_345 }];
    expect(table(columns, rows, plain)).toBe('Name        Count\n佐藤 花子       5\nAlice      12,345\n');
  });

  it('cuts long texts with an ellipsis', () => {
    expect(table(columns, [{ name: 'Maximiliane von Hohenfels', count: 1 }], plain)).toContain('Maximilia…');
  });

  it('shows no control characters of a name', () => {
    const text = table(columns, [{ name: 'a\u001B[31mb\n', count: 1 }], plain);
    expect(text).not.toContain('\u001B');
    expect(text.split('\n')).toHaveLength(3);
  });

  it('leaves out facts that are not known', () => {
    expect(facts([['Name', 'Acme'], ['Key owner', null], ['Accounts', 5_000]])).toBe('Name      Acme\nAccounts  5,000\n');
  });
});

describe('progress', () => {
  const state = { text: 'Reading accounts', done: 2_250, total: 5_000, secondsLeft: 12 };

  it('is a bar on a terminal, taken away at the end', () => {
    const terminal = capturedTerminal({ isTTY: true });
    const progress = createProgress(terminal, false, () => 0);
    progress.show(state);
    progress.end();
    expect(terminal.errText()).toContain('45 %  2,250 of 5,000  Reading accounts');
    expect(terminal.errText().endsWith('\r\u001B[2K')).toBe(true);
    expect(terminal.outText()).toBe('');
  });

  it('is at most one plain line every five seconds in a pipe', () => {
    let now = 0;
    const terminal = capturedTerminal();
    const progress = createProgress(terminal, false, () => now);
    for (; now <= 20_000; now += 250) progress.show({ ...state, done: now });
    expect(terminal.errText().trim().split('\n')).toHaveLength(4);
    expect(terminal.errText()).not.toContain('\r');
  });

  it('says nothing when quiet', () => {
    const terminal = capturedTerminal({ isTTY: true });
    createProgress(terminal, true).show(state);
    expect(terminal.errText()).toBe('');
  });

  it('needs no total', () => {
    expect(barLine({ text: 'Making the plan', done: 40, total: null })).toBe('40  Making the plan');
    expect(duration(7_500)).toBe('2 h 5 min');
  });
});
