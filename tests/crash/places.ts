import { routes } from '@rollcall/contract';
import type { Client } from '@rollcall/contract';
import { startSandbox } from '@rollcall/sandbox';
import type { Sandbox } from '@rollcall/sandbox';

/** A small organisation with its source: work of one kind at a time is done in it. */
export interface Place {
  readonly sandbox: Sandbox;
  readonly name: string;
  readonly sourceId: string;
  /** Jira on the first site, by the vendor's name for it: what runs take away and undos give back. */
  readonly jira: string;
}

const jiraUser = 'atlassian/user';

/** Organisations of their own, each connected and not read yet. Some people have Jira twice, by a group and directly, so that a removal takes two calls. */
export async function makePlaces(client: Client, count: number, users: number, seed: number): Promise<readonly Place[]> {
  await client.call(routes.session.changeSettings, { body: { caps: { people: 10_000, percent: 100 } } });
  const places: Place[] = [];
  for (let n = 0; n < count; n += 1) places.push(await makePlace(client, `Acme ${n + 1}`, users, seed * 100 + n));
  return places;
}

async function makePlace(client: Client, name: string, users: number, seed: number): Promise<Place> {
  const sandbox = await startSandbox({ users, seed, neverActive: 'nullTimestamp', latencyMs: 2 });
  const jira = sandbox.world.organisation.resources.find((one) => one.app.key === 'jira' && one.site.name === 'acme')?.ari;
  if (jira === undefined) throw new Error('The sandbox has no Jira.');
  giveTwice(sandbox, jira);
  const source = await client.call(routes.sources.create, {
    body: { kind: 'atlassian-org', name, organisationId: sandbox.orgId, baseUrl: sandbox.url, apiKey: sandbox.keys.full, keyOwner: sandbox.keyOwnerAccountId, syncEveryMinutes: null, requestsPerMinute: 100_000 },
  });
  return { sandbox, name, sourceId: source.id, jira };
}

function giveTwice(sandbox: Sandbox, jira: string): void {
  const people = [...sandbox.truth.accounts()].filter((one) => one.accountType === 'atlassian' && one.access.some((access) => access.resourceId === jira && access.paths.length > 0 && access.paths.every((path) => path.kind === 'group' && !path.external)));
  for (const one of people.filter((_, n) => n % 2 === 0)) sandbox.mutate({ kind: 'assignRole', accountId: one.accountId, resourceId: jira, role: jiraUser });
}
