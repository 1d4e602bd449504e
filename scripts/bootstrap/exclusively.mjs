// Plain JavaScript for Node 20: runs before Node 24 and the packages are there.
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { inCheckout, say, SetupProblem } from './checkout.mjs';

const longestWaitMinutes = 20;
const pause = new Int32Array(new SharedArrayBuffer(4));

function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function holder(file) {
  try {
    const pid = Number.parseInt(readFileSync(file, 'utf8'), 10);
    if (Number.isInteger(pid) && pid > 0) return isRunning(pid) ? pid : undefined;
    // Created, but its number is not written yet: give its maker ten seconds.
    return Date.now() - statSync(file).mtimeMs < 10_000 ? -1 : undefined;
  } catch {
    return undefined;
  }
}

function take(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

/** Puts a dead holder's lock aside. Two may try: whoever moved a living one's lock by mistake puts it back. */
function clearAbandoned(file) {
  const aside = `${file}.${process.pid}`;
  try {
    renameSync(file, aside);
    if (holder(aside) !== undefined) linkSync(aside, file);
  } catch {
    // Somebody else was quicker; the next round sees the new state.
  }
  rmSync(aside, { force: true });
}

/**
 * Runs `work` while no other process of this checkout runs work of the same name. A holder that died is noticed.
 * @template T @param {string} name @param {() => T} work @returns {T}
 */
export function exclusively(name, work) {
  mkdirSync(inCheckout('.runtime'), { recursive: true });
  const file = inCheckout('.runtime', `${name}.lock`);
  const giveUpAt = Date.now() + longestWaitMinutes * 60_000;
  let told = false;
  while (!take(file)) {
    const pid = holder(file);
    if (pid === undefined) {
      clearAbandoned(file);
      continue;
    }
    if (!told && pid > 0) say(`Another Rollcall command (process ${pid}) is busy with the same step (${name}); waiting for it.`);
    told ||= pid > 0;
    if (Date.now() > giveUpAt) {
      throw new SetupProblem(`Process ${pid} has held ${file} for ${longestWaitMinutes} minutes. If nothing of Rollcall runs, delete that file and try again.`);
    }
    Atomics.wait(pause, 0, 0, 200);
  }
  try {
    return work();
  } finally {
    rmSync(file, { force: true });
  }
}
