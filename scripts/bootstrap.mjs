// `npm run demo | test | rollcall | bench | check | generate`: plain JavaScript that Node 20 runs, without packages.
// Brings Node 24 and the packages when they are missing, then hands over. Says nothing when nothing has to be done.
import { SetupProblem, say } from './bootstrap/checkout.mjs';
import { commands } from './bootstrap/commands.mjs';
import { handOver } from './bootstrap/hand-over.mjs';
import { ensurePackages } from './bootstrap/installed-packages.mjs';
import { node24 } from './bootstrap/node24.mjs';
import { withServerHeap } from './bootstrap/server-heap.mjs';
import { ensureWebBuilt } from './web-build.mjs';

const [name = '', ...rest] = process.argv.slice(2);

try {
  const command = commands[name];
  if (command === undefined) throw new SetupProblem(`Unknown command ${JSON.stringify(name)}. Known: ${Object.keys(commands).join(', ')}.`);
  const { args, folder, showsWeb } = command(rest);
  const node = node24();
  ensurePackages(node);
  if (showsWeb) ensureWebBuilt(node);
  handOver(node, args, folder, showsWeb ? withServerHeap(process.env) : process.env);
} catch (error) {
  if (!(error instanceof SetupProblem)) throw error;
  say(error.message);
  if (name === 'test') process.stdout.write('0 passed, 1 failed\n');
  process.exitCode = 1;
}
