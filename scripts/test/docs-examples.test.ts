import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseQuery } from '@rollcall/core';
import { describe, expect, it } from 'vitest';
import { createProgram } from '../../packages/cli/src/program.ts';

/** A command of the program: the package commander belongs to the command line alone. */
type Command = ReturnType<typeof createProgram>;

const root = dirname(dirname(import.meta.dirname));

interface Page {
  readonly path: string;
  readonly text: string;
}

async function pages(): Promise<readonly Page[]> {
  const inDocs = (await readdir(join(root, 'docs'), { recursive: true })).filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`);
  const paths = ['README.md', 'CONTRIBUTING.md', 'deploy/README.md', ...inDocs];
  return Promise.all(paths.map(async (path) => ({ path, text: await readFile(join(root, path), 'utf8') })));
}

/** The lines of fenced blocks of a language. A line that ends in `\` goes on. */
function fenced(text: string, languages: readonly string[]): readonly string[] {
  const blocks = [...text.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gmu)].filter(([, language]) => languages.includes(language ?? ''));
  return blocks.flatMap(([, , body = '']) => body.replaceAll('\\\n', ' ').split('\n')).map((line) => line.trim()).filter((line) => line !== '');
}

/** The words of a command as a shell cuts them, up to a pipe, a redirection or a comment. */
function words(line: string): readonly string[] {
  const found: string[] = [];
  for (const [whole, double, single] of line.matchAll(/"((?:[^"\\]|\\.)*)"|'([^']*)'|[^\s"']+/gu)) {
    if (whole === '|' || whole.startsWith('>') || whole.startsWith('#') || whole === '&&' || whole === '||') break;
    found.push(double ?? single ?? whole);
  }
  return found;
}

/** The arguments of a call of the command line; null for other commands. */
function argumentsOf(line: string): readonly string[] | null {
  const call = /^(?:[A-Z_]+=\S+ )*(?:npm run -s rollcall -- |npx rollcall |rollcall )(.*)$/u.exec(line);
  return call === null ? null : words(call[1] ?? '');
}

/** The whole command line, with every command doing nothing. */
function silentProgram(): Command {
  const nowhere = { write: () => true, isTTY: false };
  const program = createProgram({ terminal: { out: nowhere, err: nowhere, input: process.stdin, environment: {}, signal: new AbortController().signal } as never, end: () => undefined });
  const silence = (command: Command): void => {
    if (command.commands.length === 0) command.action(() => undefined);
    command.commands.forEach(silence);
  };
  silence(program);
  return program;
}

async function problemOf(args: readonly string[]): Promise<string | null> {
  try {
    await silentProgram().parseAsync([...args], { from: 'user' });
    return null;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code === 'commander.helpDisplayed' || code === 'commander.version') return null;
    return error instanceof Error ? error.message : String(error);
  }
}

describe('what the pages show', () => {
  it('queries can be read', async () => {
    const all = await pages();
    const written = all.flatMap(({ path, text }) => fenced(text, ['query']).map((query) => ({ path, query })));
    const reference = all.find(({ path }) => path === 'docs/reference/query.md')?.text ?? '';
    const inTables = reference.split('\n').filter((line) => line.startsWith('| `')).flatMap((line) => {
      const cells = line.split(/(?<!\\)\|/u).map((cell) => cell.trim()).filter((cell) => cell !== '');
      const example = cells.length === 2 ? cells[0] : cells.at(-1);
      return [{ path: 'docs/reference/query.md', query: (example ?? '').replaceAll('`', '') }];
    });
    const queries = [...written, ...inTables];
    expect(inTables.length).toBeGreaterThan(25);
    expect(written.length).toBeGreaterThan(3);
    const wrong = queries.flatMap(({ path, query }) => {
      const parsed = parseQuery(query);
      return parsed.ok ? [] : [`${path}: ${query}: ${parsed.error.message}`];
    });
    expect(wrong).toEqual([]);
  });

  it('commands can be typed', async () => {
    const lines = (await pages()).flatMap(({ path, text }) => fenced(text, ['sh']).flatMap((line) => {
      const args = argumentsOf(line);
      return args === null ? [] : [{ path, line, args }];
    }));
    expect(lines.length).toBeGreaterThan(30);
    const wrong: string[] = [];
    for (const { path, line, args } of lines) {
      const problem = await problemOf(args);
      if (problem !== null) wrong.push(`${path}: ${line}: ${problem}`);
    }
    expect(wrong).toEqual([]);
  });

  it('npm scripts exist', async () => {
    const { scripts } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { scripts: Readonly<Record<string, string>> };
    const named = (await pages()).flatMap(({ path, text }) => [...text.matchAll(/npm run (?:-s )?([\w-]+)/gu)].map(([, name = '']) => ({ path, name })));
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter(({ name }) => !(name in scripts))).toEqual([]);
  });

  it('links lead to files that are there', async () => {
    const links = (await pages()).flatMap(({ path, text }) => [...text.matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)/gu)].map(([, to = '']) => ({ path, to: join(dirname(path), to) })));
    expect(links.length).toBeGreaterThan(10);
    const missing: string[] = [];
    for (const { path, to } of links) if (!existsSync(join(root, to))) missing.push(`${path}: ${to}`);
    expect(missing).toEqual([]);
  });
});

describe('docs/failures.md', () => {
  it('names tests that are there', async () => {
    const text = await readFile(join(root, 'docs', 'failures.md'), 'utf8');
    const named = [...text.matchAll(/`([\w/.-]+\.test\.ts)`/gu)].map(([, path = '']) => (/^(?:packages|tests)\//u.test(path) ? path : `packages/server/test/${path}`));
    expect(named.length).toBeGreaterThan(30);
    expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});

describe('the check of commands', () => {
  it('would find a misspelt one', async () => {
    expect(await problemOf(['plan', 'remove-app-acess'])).not.toBeNull();
    expect(await problemOf(['inventory', '--periode', '90d'])).not.toBeNull();
    expect(words(`inventory 'app = jira' --period "90d" | head`)).toEqual(['inventory', 'app = jira', '--period', '90d']);
  });
});
