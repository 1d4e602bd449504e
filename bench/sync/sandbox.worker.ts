import { describeSandbox, startSandbox } from '@rollcall/sandbox';
import type { SandboxOptions } from '@rollcall/sandbox';
import { z } from 'zod';
import { readOrder } from '../harness/measure-part.ts';

/** The vendor, as a process of its own: rendered pages are kept, nothing waits. Its options are the argument, its description goes to the parent. */
const options = z.custom<SandboxOptions>().parse(readOrder());
const sandbox = await startSandbox(options);
process.send?.({ ...describeSandbox(sandbox) });
process.on('message', () => process.send?.(sandbox.limiter.stats()));
process.once('disconnect', () => {
  void sandbox.close().then(() => process.exit(0));
});
