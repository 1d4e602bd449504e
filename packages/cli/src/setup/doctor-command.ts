import type { Command } from 'commander';
import { command, offline } from '../command.ts';
import type { Context } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { examine } from './examine.ts';

/** `rollcall doctor` */
export function doctorCommand(context: Context): Command {
  return command('doctor', 'Check this installation and say what to repair', ['rollcall doctor', 'rollcall doctor --json']).action(
    offline(context, async (output, _options: object) => {
      const findings = await examine(output);
      const marks = { ok: output.paint('green', 'ok     '), warning: output.paint('yellow', 'look   '), problem: output.paint('red', 'problem') } as const;
      output.answer(findings, () => findings.map(({ state, text }) => `${marks[state]}  ${text}\n`).join(''));
      if (findings.some(({ state }) => state === 'problem')) context.end(exitCodes.failed);
    }),
  );
}
