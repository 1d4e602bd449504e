import type { Arguments } from '../../http/arguments.ts';
import { BadArgument } from '../../http/arguments.ts';
import type { OrgCall } from '../../http/call.ts';
import { mix32 } from '../../world/random.ts';
import { indexOf, indexOfEmail, profileOf } from '../../world/world.ts';

/** Which accounts a list shows. `candidates`: when only these can match, so that a search by id does not walk a million accounts. */
export type UserFilter = { readonly candidates: readonly number[] | undefined; readonly accepts: (index: number) => boolean };

type Test = (index: number) => boolean;

/** Directories the path and the filter leave: `-` is all of them. Undefined: an unknown directory. */
export function directoriesOf(call: OrgCall, extra: readonly string[] | undefined): readonly number[] | undefined {
  const { directories } = call.org.world.organisation;
  const id = call.params['directoryId'] ?? '-';
  if (id !== '-' && !directories.some((directory) => directory.id === id)) return undefined;
  return directories.filter((directory) => (id === '-' || directory.id === id) && (extra === undefined || extra.includes(directory.id))).map((directory) => directory.index);
}

/** Whether two-factor sign-in is on; derived, as nothing changes it. */
export function mfaEnabled(seed: number, index: number): boolean {
  return mix32(seed, index, 28) % 3 !== 0;
}

/** Members of the directories, and, where all directories are meant, managed accounts outside any. */
function visibility(call: OrgCall, directories: readonly number[]): Test {
  const { world, reader } = call.org;
  const all = directories.length === world.organisation.directories.length;
  return (index) => !world.vanished.has(index) && (directories.some((directory) => reader.membership(directory, index) !== 'no_membership') || (all && world.managed[index] === 1));
}

function roleTest(call: OrgCall, roleIds: readonly string[], resourceIds: readonly string[] | undefined): Test {
  const { reader, world } = call.org;
  const resources = resourceIds ?? world.organisation.resources.map((resource) => resource.ari);
  return (index) => (resourceIds === undefined && reader.platformRoles(index).some((role) => roleIds.includes(role)))
    || resources.some((resource) => reader.rolesOn(resource, index).some((held) => roleIds.includes(held.role)));
}

function textTests(call: OrgCall, given: Arguments): readonly Test[] {
  const { world } = call.org;
  const tests: Test[] = [];
  const domains = given.strings('emailDomains');
  const term = given.string('searchTerm')?.toLowerCase();
  if (domains !== undefined) tests.push((index) => domains.includes(profileOf(world, index).email?.split('@')[1] ?? ''));
  if (term !== undefined && term !== '') {
    tests.push((index) => {
      const profile = profileOf(world, index);
      return [profile.name, profile.nickname, profile.email ?? ''].some((text) => text.toLowerCase().includes(term));
    });
  }
  return tests;
}

function statusTests(call: OrgCall, given: Arguments): readonly Test[] {
  const { world, reader } = call.org;
  const tests: Test[] = [];
  const claim = given.string('claimStatus');
  const status = given.strings('status');
  const account = given.strings('accountStatus');
  const membership = given.strings('membershipStatus');
  const mfa = given.boolean('mfaEnabled');
  if (claim !== undefined) tests.push((index) => (world.managed[index] === 1 ? 'managed' : 'unmanaged') === claim);
  if (status !== undefined) tests.push((index) => status.includes(reader.status(index)));
  if (account !== undefined) tests.push((index) => account.includes(reader.accountStatus(index)));
  if (membership !== undefined) tests.push((index) => membership.includes(reader.overallMembership(index)));
  if (mfa !== undefined) tests.push((index) => mfaEnabled(world.organisation.seed, index) === mfa);
  return tests;
}

function accessTests(call: OrgCall, given: Arguments): readonly Test[] {
  const { world, reader } = call.org;
  const tests: Test[] = [];
  const resourceIds = given.strings('resourceIds');
  const groupIds = given.strings('groupIds');
  const roleIds = given.strings('roleIds');
  if (groupIds !== undefined) {
    const groups = world.groups.filter((group) => groupIds.includes(group.id));
    tests.push((index) => groups.some((group) => reader.isMember(group, index)));
  }
  if (roleIds !== undefined) tests.push(roleTest(call, roleIds, resourceIds));
  else if (resourceIds !== undefined) tests.push((index) => resourceIds.some((resource) => reader.rolesOn(resource, index).length > 0));
  return tests;
}

/** The filter of users/search, users (GET) and users/count; `emails` only exists in the search. Undefined: unknown directory. */
export function userFilter(call: OrgCall, given: Arguments): UserFilter | undefined {
  const { world } = call.org;
  const directories = directoriesOf(call, given.strings('directoryIds'));
  if (directories === undefined) return undefined;
  const emails = given.strings('emails');
  if (emails !== undefined && given.string('searchTerm') !== undefined) throw new BadArgument('ADMIN-UAM-400-1', 'searchTerm and emails cannot be used together');
  const ids = given.strings('accountIds');
  const found = [
    ids?.map((id) => indexOf(world, id)),
    emails?.map((email) => indexOfEmail(world, email)),
  ].filter((list) => list !== undefined).map((list) => new Set(list.filter((index) => index !== undefined)));
  const [first, second] = found;
  const candidates = first === undefined ? undefined : [...first].filter((index) => second?.has(index) ?? true).toSorted((a, b) => a - b);
  const tests: readonly Test[] = [visibility(call, directories), ...statusTests(call, given), ...accessTests(call, given), ...textTests(call, given)];
  return { candidates, accepts: (index) => tests.every((test) => test(index)) };
}
