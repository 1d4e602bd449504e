import type { CapabilityReport } from '../kit/connector.ts';
import { VendorError } from '../kit/errors.ts';
import { capabilityWords } from './capability-words.ts';
import type { CapabilityCode } from './capability-words.ts';
import type { Context } from './context.ts';
import { lastActiveDatesOf } from './last-active-dates.ts';
import { anyDirectory, requestsOf } from './requests.ts';
import { resourcesOf } from './resources.ts';
import { allPages } from './vendor/all-pages.ts';
import { vendorDirectory, vendorDomain, vendorGroup, vendorOrganisation } from './vendor/organisation.ts';
import { orUnreadable, readOne } from './vendor/read-one.ts';
import { readRows } from './vendor/read-rows.ts';
import type { Rows } from './vendor/read-rows.ts';
import { vendorManagedUser, vendorUser } from './vendor/user.ts';
import type { VendorUser } from './vendor/user.ts';

type Capability = CapabilityReport['capabilities'][number];
type Name = Capability['name'];
type Organisations = CapabilityReport['organisations'];

const laterOnes: readonly Name[] = ['directories', 'users', 'activity', 'groups', 'apps', 'managedAccounts', 'change'];

/** Without these nothing can be read. */
const needed: ReadonlySet<Name> = new Set<Name>(['signIn', 'organisation', 'directories', 'users', 'groups', 'apps']);

function say(name: Name, code: CapabilityCode, detail: string | null = null): Capability {
  const [state, message, remedy] = capabilityWords[code];
  return { name, state, code, message: detail === null ? message : `${message} (${detail})`, remedy };
}

/** Tries what a key can do, without changing anything. Never throws a VendorError: refusals are the answer. */
export async function testKey(context: Context): Promise<CapabilityReport> {
  const listed = await organisationsOf(context);
  if ('state' in listed) return stopped([listed], ['organisation', ...laterOnes], []);
  const signIn = say('signIn', 'keyAccepted');
  const organisation = await tryIt('organisation', () => organisationCode(context, listed));
  if (organisation.state === 'no') return stopped([signIn, organisation], laterOnes, listed);
  const withScopes = organisation.code === 'keyWithScopes';
  let sample: readonly VendorUser[] = [];
  const capabilities = [
    signIn,
    organisation,
    await tryIt('directories', () => directoriesCode(context)),
    await tryIt('users', async () => {
      sample = await sampleUsers(context);
      return sample.length === 0 ? 'noUsers' : sample.every((user) => user.groups === null) ? 'usersWithoutGroups' : 'usersRead';
    }),
    await tryActivity(context, sample),
    await tryIt('groups', () => groupsCode(context)),
    await tryIt('apps', async () => ((await resourcesOf(context)).listed.size === 0 ? 'noApps' : 'appsRead')),
    await tryIt('managedAccounts', () => managedCode(context)),
    say('change', withScopes ? 'changesUnlikely' : 'changesLikely'),
  ];
  return { usable: capabilities.every((one) => one.state !== 'no' || !needed.has(one.name)), capabilities, organisations: listed };
}

function stopped(done: readonly Capability[], rest: readonly Name[], organisations: Organisations): CapabilityReport {
  return { usable: false, capabilities: [...done, ...rest.map((name) => say(name, 'notTested'))], organisations };
}

async function tryIt(name: Name, attempt: () => Promise<CapabilityCode>): Promise<Capability> {
  try {
    return say(name, await attempt());
  } catch (error) {
    return refusal(name, error);
  }
}

/** The refusal as a capability; anything that is not the vendor's word is thrown on. */
function refusal(name: Name, error: unknown): Capability {
  if (!(error instanceof VendorError)) throw error;
  const { kind, status, message } = error.facts;
  if (name === 'organisation' && kind === 'notFound') return say(name, 'organisationNotFound', message);
  if (kind === 'auth') return say(name, 'keyRefused', message);
  if (status === null) return say(name, 'unreachable', message);
  if (kind === 'scope') return say(name, name === 'activity' ? 'activityRefused' : 'refusedByScope', message);
  if (kind === 'forbidden') return say(name, name === 'activity' ? 'activityRefused' : 'refused', message);
  return say(name, kind === 'unsupported' ? 'unsupported' : 'failed', message);
}

async function organisationsOf(context: Context): Promise<Organisations | Capability> {
  const requests = requestsOf(context.settings);
  try {
    const rows = await allPages(async (cursor) => {
      const request = requests.organisations(cursor);
      return readRows(context, request.operation, await context.request(request), vendorOrganisation);
    });
    return [...new Map(rows.map((row) => [row.id, { id: row.id, name: row.attributes?.name ?? row.id }])).values()];
  } catch (error) {
    // A key may be refused the list and still reach its organisation.
    if (error instanceof VendorError && ['scope', 'forbidden', 'notFound', 'unsupported'].includes(error.facts.kind)) return [];
    return refusal('signIn', error);
  }
}

async function organisationCode(context: Context, listed: Organisations): Promise<CapabilityCode> {
  const own = listed.some((one) => one.id === context.settings.organisationId);
  const found = await orUnreadable(readOne(context, requestsOf(context.settings).organisation(), vendorOrganisation));
  // A key that lists other organisations is of those, whatever words the refusal has.
  if (found === null) return listed.length > 0 && !own ? 'organisationNotFound' : 'organisationForbidden';
  // Measured: a key with scopes gets an empty list while its organisation answers.
  return own ? 'organisationFound' : 'keyWithScopes';
}

async function directoriesCode(context: Context): Promise<CapabilityCode> {
  const request = requestsOf(context.settings).directories(null, { limit: '100' });
  const { rows } = readRows(context, request.operation, await context.request(request), vendorDirectory);
  return rows.length > 1 ? 'severalDirectories' : 'oneDirectory';
}

/** The first users. A page may be empty although the list goes on. */
async function sampleUsers(context: Context): Promise<readonly VendorUser[]> {
  let cursor: string | null = null;
  for (let pages = 0; pages < 5; pages += 1) {
    const request = requestsOf(context.settings).searchUsers(anyDirectory, { limit: 50, expand: ['productAccess', 'groups'], ...(cursor === null ? {} : { cursor }) });
    const page: Rows<VendorUser> = readRows(context, request.operation, await context.request(request), vendorUser);
    if (page.rows.length > 0 || page.next === null) return page.rows;
    cursor = page.next;
  }
  return [];
}

async function tryActivity(context: Context, sample: readonly VendorUser[]): Promise<Capability> {
  if (sample.some((user) => user.productAccess?.some((entry) => typeof entry.lastActiveTimestamp === 'string') === true)) return say('activity', 'activityInBulk');
  const somebody = sample.find((user) => user.accountType === 'atlassian' && user.status === 'active') ?? sample[0];
  if (somebody === undefined) return say('activity', 'activityUnproven');
  return tryIt('activity', async () => {
    await lastActiveDatesOf(context, somebody.accountId);
    return 'activityPerAccount';
  });
}

async function groupsCode(context: Context): Promise<CapabilityCode> {
  const requests = requestsOf(context.settings);
  const request = requests.searchGroups(anyDirectory, { limit: 1 });
  const [group] = readRows(context, request.operation, await context.request(request), vendorGroup).rows;
  if (group === undefined) return 'noGroups';
  await context.request(requests.groupRoles(group.id, null));
  return 'groupsRead';
}

async function managedCode(context: Context): Promise<CapabilityCode> {
  const requests = requestsOf(context.settings);
  const request = requests.managedAccounts(null);
  const { rows } = readRows(context, request.operation, await context.request(request), vendorManagedUser);
  if (rows.length > 0) return 'managedRead';
  const domains = await orUnreadable(context.request(requests.domains()).then((response) => readRows(context, 'domains.list', response, vendorDomain)));
  const verified = domains?.rows.some((row) => row.attributes?.claim?.status === 'verified') ?? false;
  return verified ? 'noManagedAccounts' : 'noVerifiedDomain';
}
