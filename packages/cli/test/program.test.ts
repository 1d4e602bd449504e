import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { exitCodes } from '../src/exit-codes.ts';
import { createProgram } from '../src/program.ts';
import { runCli } from '../src/run-cli.ts';
import { capturedTerminal } from './support/captured-terminal.ts';

function program(): Command {
  return createProgram({ terminal: capturedTerminal(), end: () => undefined });
}

function leaves(command: Command, path: readonly string[] = []): { readonly path: readonly string[]; readonly leaf: Command }[] {
  if (command.commands.length === 0) return [{ path, leaf: command }];
  return command.commands.flatMap((child) => leaves(child, [...path, child.name()]));
}

function helpOf(command: Command): string {
  let text = '';
  command.configureOutput({ writeOut: (part) => { text += part; } }).outputHelp();
  return text;
}

/** The lines below "Examples:" that start with rollcall, without the parts a shell would take away. */
function examplesOf(command: Command): string[] {
  return helpOf(command).split('\n').map((line) => line.trim().replace(/^.*\| /, '').replace(/^[A-Z_]+=\S+ /, '').replace(/\s+(?:#|>).*$/, '')).filter((line) => line.startsWith('rollcall '));
}

function words(line: string): string[] {
  return [...line.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(([, single, double, bare]) => single ?? double ?? bare ?? '').slice(1);
}

const all = leaves(program());

describe('every command', () => {
  it('is there', () => {
    expect(all.length).toBeGreaterThan(55);
  });

  it.each(all.map(({ path, leaf }) => [path.join(' '), leaf] as const))('%s explains itself', (_, leaf) => {
    expect(leaf.description().length).toBeGreaterThan(10);
    expect(examplesOf(leaf).length).toBeGreaterThan(0);
    expect(leaf.options.filter(({ description }) => description === '').map(({ flags }) => flags)).toEqual([]);
  });

  const examples = all.flatMap(({ leaf }) => examplesOf(leaf));
  it.each(examples)('example parses: %s', async (example) => {
    const made = program();
    for (const { leaf } of leaves(made)) leaf.action(() => undefined);
    await expect(made.parseAsync(words(example), { from: 'user' })).resolves.toBeDefined();
  });
});

describe('ends', () => {
  it.each([
    [['--help'], exitCodes.ok],
    [['--version'], exitCodes.ok],
    [['plan', '--help'], exitCodes.ok],
    [[], exitCodes.usage],
    [['nonsense'], exitCodes.usage],
    [['inventory', '--period', 'yesterday'], exitCodes.usage],
    [['inventory', '--inactive', '--never'], exitCodes.usage],
    [['source', 'read-only', 'Acme', 'perhaps'], exitCodes.usage],
    [['plan', 'add-to-group', 'status = active'], exitCodes.usage],
    [['--server', 'ftp://x', '--token', 't', 'status'], exitCodes.usage],
    [['--server', 'http://127.0.0.1:1', '--token', 't', 'status'], exitCodes.unreachable],
    [['--server', 'https://elsewhere.invalid', 'status'], exitCodes.notPermitted],
  ])('%j with %i', async (args, code) => {
    const terminal = capturedTerminal();
    expect(await runCli(args, terminal)).toBe(code);
    if (code !== exitCodes.ok) expect(terminal.errText().length).toBeGreaterThan(20);
  });
});
