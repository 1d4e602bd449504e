// Plain JavaScript for Node 20: runs before Node 24 and the packages are there.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder this checkout of Rollcall stands in. */
export const checkout = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** @param {...string} parts @returns {string} a path inside the checkout */
export const inCheckout = (...parts) => join(checkout, ...parts);

/** Something the person at the terminal can put right; shown as its message alone, without a stack. */
export class SetupProblem extends Error {}

/** Progress goes to stderr, so that a command's own output can be piped. @param {string} line */
export const say = (line) => process.stderr.write(`${line}\n`);
