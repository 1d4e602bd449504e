import type { Pool } from 'pg';
import { expect, it } from 'vitest';
import { daysAgo, setUp } from './support.ts';

const header = 'User id,User name,email,User status,Added to org,Org role,Jira - acme,Confluence - acme,Last seen in Jira - acme,Last seen in Confluence - acme';
const people = ['ann', 'bob', 'cid', 'dee', 'eve', 'fay'];

/** One row of an invented export: who, and what is said of Jira and of Confluence. */
function row(name: string, jira: readonly [holding: string, seen: string], confluence: readonly [holding: string, seen: string] = ['User', '7 Feb 2026']): string {
  return `${name}-1,${name},${name}@example.com,Active,1 Jan 2024,,${jira[0]},${confluence[0]},${jira[1]},${confluence[1]}`;
}

const first = [header, ...people.map((name) => row(name, ['User', '1 Mar 2026']))].join('\n');

/** A later export: ann came later, bob is as he was, cid holds Jira no more, dee is said to have been there earlier only, eve is gone, gus is new. */
const later = [
  row('ann', ['User', '9 Mar 2026']), row('bob', ['User', '1 Mar 2026']), row('cid', ['None', '1 Mar 2026']), row('dee', ['User', '2 Feb 2026']), row('fay', ['User', '1 Mar 2026'], ['None', 'Never accessed']),
  row('gus', ['User', '3 Mar 2026']),
];

it('a second export changes what it says otherwise, and nothing else', async () => {
  const { upload, take, database } = await setUp({ users: 10 });
  const sourceId = await inTurn({ upload, take }, [first, [header, ...later].join('\n')]);
  expect(await factsOf(database.pool, sourceId)).toEqual(expected);
});

it('a second export in which accounts come twice says the same as one in which they come once', async () => {
  const { upload, take, database } = await setUp({ users: 10 });
  // Further down the same people again, with words that are weaker; hal is new, and comes twice.
  const repeated = [header, ...later, row('hal', ['User', '4 Mar 2026']), row('ann', ['User', '5 Mar 2026']), row('bob', ['User', 'Never accessed']), row('hal', ['User', '8 Mar 2026'])].join('\n');
  const sourceId = await inTurn({ upload, take }, [first, repeated]);
  expect(await factsOf(database.pool, sourceId)).toEqual([...expected, 'hal Confluence has 2026-02-07 1', 'hal Jira has 2026-03-08 1']);
});

it('two columns of one app on a site that differ by capital letters say one thing together', async () => {
  const { upload, take, database } = await setUp({ users: 10 });
  const both = (name: string, one: string, other: string) => `${name}-1,${name},${name}@example.com,Active,1 Jan 2024,,User,User,${one},${other}`;
  const twice = [header.replaceAll('Confluence - acme', 'Jira - ACME'), both('ann', '9 Mar 2026', '5 Mar 2026'), both('bob', 'Never accessed', '1 Mar 2026'), both('ida', '4 Mar 2026', '6 Mar 2026')].join('\n');
  const sourceId = await inTurn({ upload, take }, [first, twice]);
  const facts = await factsOf(database.pool, sourceId);
  expect(facts.filter((fact) => fact.includes('Jira has'))).toEqual(['ann Jira has 2026-03-09 2', 'bob Jira has 2026-03-01 1', 'ida Jira has 2026-03-06 1']);
});

const expected = [
  'ann Confluence has 2026-02-07 1', 'ann Jira has 2026-03-09 2', 'bob Confluence has 2026-02-07 1', 'bob Jira has 2026-03-01 1', 'cid Confluence has 2026-02-07 1', 'cid Jira none 2026-03-01 1',
  'dee Confluence has 2026-02-07 1', 'dee Jira has 2026-03-01 1', 'eve Confluence none 2026-02-07 1', 'eve Jira none 2026-03-01 1', 'fay Confluence none 2026-02-07 1', 'fay Jira has 2026-03-01 1',
  'gus Confluence has 2026-02-07 1', 'gus Jira has 2026-03-03 1',
];

async function inTurn({ upload, take }: Pick<Awaited<ReturnType<typeof setUp>>, 'upload' | 'take'>, files: readonly string[]): Promise<string> {
  let as: object = { kind: 'newSource', name: 'Export' };
  let sourceId = '';
  for (const [index, file] of files.entries()) {
    const taken = await take((await upload(`${file}\n`)).body.id, as, daysAgo(files.length - index));
    expect(taken.body.sync).toMatchObject({ state: 'done', problem: null });
    ({ sourceId } = taken.body);
    as = { kind: 'source', sourceId };
  }
  return sourceId;
}

/** Who, which app, whether held, the last day, and how many days are known. */
async function factsOf(pool: Pool, sourceId: string): Promise<string[]> {
  const { rows } = await pool.query<{ fact: string }>(
    `select concat_ws(' ', a.name, case r.app when 'jira' then 'Jira' when 'confluence' then 'Confluence' else r.app end, c.holding, c.last_on,
      (select sum(bit_count(m.days::bit(32))) from activity_month m where m.access_id = c.id)) as fact
     from access c join account a on a.id = c.account_id join resource r on r.id = c.resource_id where a.realm_id = (select realm_id from source where id = $1) order by 1`, [sourceId]);
  return rows.map(({ fact }) => fact);
}
