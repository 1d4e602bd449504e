import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { routes } from '@rollcall/contract';
import { describe, expect, it } from 'vitest';

/** Routes that no command calls, with the reason. */
const exceptions: Readonly<Record<string, string>> = {
  'session.firstAdministrator': 'a password is chosen in the browser, by the link that serve prints',
  'session.acceptInvitation': 'a password is chosen in the browser, by the link that people invite prints',
  'runs.item': 'an open row follows its run on the screen; run log lists the rows, with the same facts',
  'inventory.parse': "queries are checked by core's own parser before they are sent",
};

const folder = fileURLToPath(new URL('../src', import.meta.url));
const source = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => readFileSync(path.join(folder, name), 'utf8').replaceAll(/typeof routes\.\w+\.\w+/g, ''))
  .join('\n');
const names = Object.entries(routes).flatMap(([feature, ofFeature]) => Object.keys(ofFeature).map((name) => `${feature}.${name}`));

describe('the contract', () => {
  it('is seen', () => {
    expect(names.length).toBeGreaterThan(60);
  });

  it.each(names)('%s is used by a command, or is an exception with a reason', (name) => {
    const used = new RegExp(`\\broutes\\.${name.replace('.', '\\.')}\\b`).test(source);
    expect(used).toBe(!(name in exceptions));
  });

  it('has no exception for a route that is gone', () => {
    expect(Object.keys(exceptions).filter((name) => !names.includes(name))).toEqual([]);
  });
});
