import { describeSandbox, startSandbox } from '@rollcall/sandbox';
import type { SandboxOptions } from '@rollcall/sandbox';
import { z } from 'zod';
import { readOrder } from '../harness/measure-part.ts';

/** The vendor, as a process of its own: rendered pages are kept, nothing waits. Its options are the argument, its description goes to the parent. */
const newLimits = z.object({ limits: z.record(z.string(), z.object({ limit: z.number(), windowMs: z.number() })) });
const options = z.custom<SandboxOptions>().parse(readOrder());
const sandbox = await startSandbox(options);
process.send?.({ ...describeSandbox(sandbox) });
process.on('message', (message: unknown) => {
  // A rate limit by group replaces the one that stands, and what was counted stays; without any the counts are told.
  for (const [group, limit] of Object.entries(newLimits.parse(message).limits)) sandbox.limiter.configure(group, limit);
  process.send?.(sandbox.limiter.stats());
});
process.once('disconnect', () => {
  void sandbox.close().then(() => process.exit(0));
});
