#!/usr/bin/env node
// `npx rollcall …` from a checkout. Plain JavaScript that Node 20 runs: brings Node 24 and the packages when they are
// missing, then runs the command line where the person stands.
import { SetupProblem, say } from '../../../scripts/bootstrap/checkout.mjs';
import { commands } from '../../../scripts/bootstrap/commands.mjs';
import { handOver } from '../../../scripts/bootstrap/hand-over.mjs';
import { ensurePackages } from '../../../scripts/bootstrap/installed-packages.mjs';
import { node24 } from '../../../scripts/bootstrap/node24.mjs';
import { withServerHeap } from '../../../scripts/bootstrap/server-heap.mjs';
import { ensureWebBuilt } from '../../../scripts/web-build.mjs';

try {
  const { args, showsWeb } = commands.rollcall(process.argv.slice(2));
  const node = node24();
  ensurePackages(node);
  if (showsWeb) ensureWebBuilt(node);
  handOver(node, args, process.cwd(), showsWeb ? withServerHeap(process.env) : process.env);
} catch (error) {
  if (!(error instanceof SetupProblem)) throw error;
  say(error.message);
  process.exitCode = 1;
}
