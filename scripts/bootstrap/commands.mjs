// Plain JavaScript for Node 20: runs before Node 24 and the packages are there.
import { checkout, inCheckout } from './checkout.mjs';

const cli = inCheckout('packages', 'cli', 'src', 'main.ts');
/** npm changes to the checkout before it runs a script; file arguments are relative to where the person stands. */
const whereThePersonStands = () => process.env.INIT_CWD ?? process.cwd();

/**
 * The scripts of package.json: which program runs, with which arguments, in which folder, and whether it shows the web app.
 * @type {Record<string, (args: string[]) => { args: string[], folder: string, showsWeb: boolean }>}
 */
export const commands = {
  demo: (args) => ({ args: [cli, 'demo', ...args], folder: whereThePersonStands(), showsWeb: true }),
  rollcall: (args) => ({ args: [cli, ...args], folder: whereThePersonStands(), showsWeb: showsWeb(args) }),
  test: (args) => ({ args: [inCheckout('scripts', 'test.ts'), ...args], folder: checkout, showsWeb: false }),
  check: (args) => ({ args: [inCheckout('scripts', 'test.ts'), '--only', 'types,types-web,lint', ...args], folder: checkout, showsWeb: false }),
  bench: (args) => ({ args: [inCheckout('bench', 'main.ts'), ...args], folder: checkout, showsWeb: false }),
  crash: (args) => ({ args: [inCheckout('scripts', 'crash.ts'), ...args], folder: checkout, showsWeb: false }),
  'web-build': (args) => ({ args: [inCheckout('scripts', 'web-build.mjs'), ...args], folder: checkout, showsWeb: false }),
  generate: (args) => ({ args: [inCheckout('scripts', 'generate.ts'), ...args], folder: checkout, showsWeb: false }),
};

/** Whether a `rollcall` command serves the web app, which a checkout has to build first. @param {string[]} args */
function showsWeb(args) {
  return ['demo', 'serve'].includes(args[0] ?? '') && !args.includes('--help') && !args.includes('-h');
}
