import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { usageError } from '../cli-error.ts';
import { canAsk } from './terminal.ts';
import type { Terminal } from './terminal.ts';

/** Asks for one line. An empty answer gives the fallback. Throws when nobody can be asked: `otherwise` says which option to give. */
export async function ask(terminal: Terminal, question: string, otherwise: string, fallback?: string): Promise<string> {
  if (!canAsk(terminal)) throw usageError(otherwise);
  const hint = fallback === undefined || fallback === '' ? '' : ` [${fallback}]`;
  for (;;) {
    const answer = await readLine(terminal, `${question}${hint}: `, terminal.err);
    if (answer !== '') return answer;
    if (fallback !== undefined) return fallback;
  }
}

/** Asks for a secret: what is typed is not shown. */
export async function askSecret(terminal: Terminal, question: string, otherwise: string): Promise<string> {
  if (!canAsk(terminal)) throw usageError(otherwise);
  for (;;) {
    terminal.err.write(`${question} (not shown): `);
    const answer = await readLine(terminal, '', new Writable({ write: (_chunk, _encoding, done) => { done(); } }));
    terminal.err.write('\n');
    if (answer !== '') return answer;
  }
}

/** A yes or no; only `y` and `yes` are a yes. */
export async function confirm(terminal: Terminal, question: string, otherwise: string): Promise<boolean> {
  const answer = await ask(terminal, `${question} (y/N)`, otherwise, '');
  return ['y', 'yes'].includes(answer.toLowerCase());
}

async function readLine(terminal: Terminal, prompt: string, output: Writable): Promise<string> {
  const lines = createInterface({ input: terminal.input, output, terminal: true });
  const cancelled = new AbortController();
  lines.once('SIGINT', () => { cancelled.abort(); });
  try {
    const answer = await lines.question(prompt, { signal: AbortSignal.any([cancelled.signal, terminal.signal]) });
    return answer.trim();
  } finally {
    lines.close();
  }
}
