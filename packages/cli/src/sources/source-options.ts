import { readFile } from 'node:fs/promises';
import { text as readAll } from 'node:stream/consumers';
import { parseCivilDate } from '@rollcall/core';
import type { CivilDate } from '@rollcall/core';
import { InvalidArgumentError } from 'commander';
import { usageError } from '../cli-error.ts';
import type { Terminal } from '../terminal/terminal.ts';

export function dayOption(text: string): CivilDate {
  const day = parseCivilDate(text);
  if (day === null) throw new InvalidArgumentError('Write a day like 2026-11-22.');
  return day;
}

export function wholeNumber(text: string): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(number) || number < 1) throw new InvalidArgumentError('Write a whole number above 0.');
  return number;
}

/** `off` or minutes, hours, days: `30m`, `12h`, `1d`. @returns minutes; null: only by hand */
export function syncInterval(text: string): number | null {
  if (text === 'off') return null;
  const match = /^(\d{1,5})([mhd])$/.exec(text);
  const factor = { m: 1, h: 60, d: 1_440 }[match?.[2] ?? ''];
  if (match === null || factor === undefined) throw new InvalidArgumentError('Write 30m, 12h, 1d, or off.');
  return Number(match[1]) * factor;
}

interface KeyOptions {
  readonly apiKeyFile?: string;
  readonly apiKeyEnv?: string;
}

/** The API key from a file, standard input (`-`) or a variable; undefined when no option names one. It is never an argument: those show in the list of processes. */
export async function keyFromOptions(terminal: Terminal, { apiKeyFile, apiKeyEnv }: KeyOptions): Promise<string | undefined> {
  if (apiKeyEnv !== undefined) {
    const value = terminal.environment[apiKeyEnv]?.trim();
    if (value === undefined || value === '') throw usageError(`The variable ${apiKeyEnv} holds no key.`);
    return value;
  }
  if (apiKeyFile === undefined) return undefined;
  const key = (await keyText(terminal, apiKeyFile)).trim();
  if (key === '' || /\s/.test(key)) throw usageError(`${apiKeyFile === '-' ? 'Standard input' : apiKeyFile} must hold the API key and nothing else.`);
  return key;
}

async function keyText(terminal: Terminal, file: string): Promise<string> {
  if (file === '-') return readAll(terminal.input);
  try {
    return await readFile(file, 'utf8');
  } catch {
    throw usageError(`${file} cannot be read. Give the file that holds the API key.`);
  }
}
