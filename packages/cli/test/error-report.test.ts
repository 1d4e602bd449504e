import { expect, it } from 'vitest';
import { CliError } from '../src/cli-error.ts';
import { reportOf } from '../src/error-report.ts';
import { exitCodes } from '../src/exit-codes.ts';

/** A start that fails, and whose cleaning up fails as well, as often as asked. */
async function failing(first: Error, cleanUps: number): Promise<void> {
  await using stack = new AsyncDisposableStack();
  for (let number = 0; number < cleanUps; number += 1) stack.defer(() => Promise.reject(new Error(`the pool was closed already (${number})`)));
  throw first;
}

it('tells what went wrong, not that cleaning up after it failed as well', async () => {
  for (const cleanUps of [0, 1, 3]) {
    const thrown: unknown = await failing(new CliError('Port 7077 on 127.0.0.1 is in use.', exitCodes.unreachable), cleanUps).catch((error: unknown) => error);
    expect(reportOf(thrown)).toEqual({ exitCode: exitCodes.unreachable, text: 'Port 7077 on 127.0.0.1 is in use.' });
  }
});
