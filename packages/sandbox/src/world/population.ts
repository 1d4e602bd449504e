import type { PlannedGroup } from './groups.ts';
import type { Resource } from './organisation.ts';
import { draw, mix32 } from './random.ts';
import { directRole, neverAccepted } from './world.ts';
import type { World } from './world.ts';

const day = 86_400;

/** Streams of `draw`, so that one decision never leans on another. */
const stream = { kind: 1, status: 2, managed: 3, source: 4, email: 5, added: 6, site: 30, second: 100, extra: 200, app: 1000, path: 1100, activity: 1200, spread: 1300, since: 1400 } as const;

/** The first accounts are cast, so that the smallest world holds one of each sort that matters. */
const cast = ['owner', 'orgAdmin', 'siteAdmin', 'jiraAdmin', 'service', 'app', 'customer', 'direct', 'groupAndDirect', 'idp'] as const;
type Part = (typeof cast)[number] | undefined;

type Context = {
  readonly world: World;
  readonly now: number;
  readonly groups: readonly PlannedGroup[];
  readonly byPurpose: ReadonlyMap<string, PlannedGroup>;
  readonly grantingNothing: readonly { readonly group: PlannedGroup['group']; readonly share: number; readonly number: number }[];
};

function purposeKey(purpose: PlannedGroup['purpose']): string {
  return `${purpose.kind} ${'resource' in purpose ? purpose.resource : 'site' in purpose ? purpose.site : 'number' in purpose ? purpose.number : ''}`;
}

function drawKind(seed: number, index: number, part: Part): number {
  if (part === 'service') return 1;
  if (part === 'app') return 2;
  if (part === 'customer') return 3;
  if (part !== undefined) return 0;
  const lot = draw(seed, index, stream.kind);
  return lot < 0.012 ? 1 : lot < 0.032 ? 2 : lot < 0.075 ? 3 : 0;
}

function drawAccount(context: Context, index: number, part: Part): void {
  const { world, now } = context;
  const { seed, verifiedDomains } = world.organisation;
  const kind = drawKind(seed, index, part);
  const managed = kind < 2 && verifiedDomains.length > 0 && (part !== undefined || draw(seed, index, stream.managed) < 0.82);
  const source = draw(seed, index, stream.source);
  world.kind[index] = kind;
  world.managed[index] = managed ? 1 : 0;
  world.source[index] = part === 'idp' ? 2 : kind > 1 ? 0 : managed && source < 0.35 && part === undefined ? 2 : source < 0.9 ? 1 : 0;
  world.emailHidden[index] = part === undefined && !managed && draw(seed, index, stream.email) < 0.12 ? 1 : 0;
  const age = draw(seed, index, stream.added);
  world.addedToOrg[index] = now - Math.floor((age < 0.04 ? age * 500 : 20 + age * age * 2400) * day) - 3600;
}

/** not invited and deactivated only happen to managed accounts; 3 % are suspended. */
function drawStatus(context: Context, index: number, part: Part): 'in' | 'suspended' | 'deactivated' | 'deletion' | 'out' {
  const { world, now } = context;
  if (part !== undefined || (world.kind[index] ?? 0) > 1) return 'in';
  const lot = draw(world.organisation.seed, index, stream.status);
  if (lot < 0.035) return 'suspended';
  if (world.managed[index] === 0 || lot > 0.105) return 'in';
  if (lot > 0.075) return 'out';
  world.accountStatus[index] = 1;
  world.deactivatedOn.set(index, now - (mix32(world.organisation.seed, index, 7) % (400 * day)));
  if (lot < 0.073) return 'deactivated';
  world.forDeletion.add(index);
  return 'deletion';
}

/** Days since last active: two thirds within two weeks, a tail of years, some exactly around the 90-day edge. Undefined: never. */
function daysSinceActive(seed: number, index: number, resource: number, quiet: number): number | undefined {
  const lot = draw(seed, index, stream.activity + resource) + quiet;
  const spread = draw(seed, index, stream.spread + resource);
  if (lot < 0.66) return spread * spread * 14;
  if (lot < 0.76) return 14 + spread * 30;
  if (lot < 0.82) return 44 + spread * 46;
  if (lot < 0.835) return 88 + spread * 4;
  if (lot < 0.955) return 92 + spread * spread * 700;
  return undefined;
}

function join(context: Context, key: string, index: number): void {
  context.byPurpose.get(key)?.group.members.set(index, true);
}

function wantsApp(context: Context, index: number, resource: Resource, part: Part, homeSite: number): boolean {
  if (part === 'direct' || part === 'groupAndDirect' || part === 'jiraAdmin' || part === 'service') return resource.site.index === 0 && resource.app.key === 'jira';
  const share = resource.app.key === 'jira' ? 0.86 : resource.app.key === 'confluence' ? 0.78 : 0.2;
  const here = resource.site.index === homeSite ? share : share * 0.12;
  return draw(context.world.organisation.seed, index, stream.app + resource.index) < here;
}

/** Gives a person access by the ordinary default group, a second group, an identity provider's group, directly, or by several. */
function giveAccess(context: Context, index: number, resource: Resource, part: Part): void {
  const { world } = context;
  const lot = part === 'direct' ? 0.01 : part === 'groupAndDirect' ? 0.035 : draw(world.organisation.seed, index, stream.path + resource.index);
  const direct = lot < 0.05;
  if (direct) directRole(world, resource.ari, 'atlassian/user').members.set(index, true);
  if (direct && lot < 0.03) return;
  const idp = resource.app.key === 'jira' && world.source[index] === 2 && lot > 0.85;
  if (!idp) join(context, `appUsers ${resource.index}`, index);
  if (idp) join(context, `idpApp ${resource.index}`, index);
  if (lot > 0.05 && lot < 0.1) join(context, `secondPath ${resource.index}`, index);
}

function drawActivity(context: Context, index: number, resource: number): void {
  const { world, now } = context;
  const added = world.addedToOrg[index] ?? now;
  const quiet = world.kind[index] === 1 ? 0.25 : 0;
  const days = daysSinceActive(world.organisation.seed, index, resource, quiet);
  const series = world.lastActive[resource];
  if (days === undefined || series === undefined || world.profiles.has(index)) return;
  const at = now - 600 - Math.floor(days * day);
  const since = draw(world.organisation.seed, index, stream.since + resource);
  if (at > added) series[index] = at;
  else if (since < 0.7) series[index] = added + Math.floor((now - added) * since);
}

function drawAccess(context: Context, index: number, part: Part): void {
  const { world } = context;
  const { seed, resources, sites } = world.organisation;
  const homeSite = draw(seed, index, stream.site) < 0.75 ? 0 : mix32(seed, index, stream.site + 1) % sites.length;
  const invitedOnly = part === undefined && neverAccepted(world, index);
  const engineering = draw(seed, index, stream.second) < 0.06;
  const everything = part === 'idp' || (world.source[index] === 2 && draw(seed, index, stream.second + 1) < 0.1);
  if (engineering) join(context, `severalApps ${homeSite}`, index);
  if (everything) join(context, `idpSeveralApps ${homeSite}`, index);
  for (const resource of resources) {
    const byGroup = (engineering || everything) && resource.site.index === homeSite && resource.app.key !== 'jira-servicemanagement';
    const wants = wantsApp(context, index, resource, part, homeSite);
    if (wants) giveAccess(context, index, resource, part);
    if ((wants || byGroup) && !invitedOnly) drawActivity(context, index, resource.index);
    if (!wants && !byGroup && resource.app.key === 'confluence' && world.managed[index] === 0 && draw(seed, index, stream.extra + 1) < 0.3) join(context, `guests ${resource.index}`, index);
  }
}

function drawRank(context: Context, index: number, part: Part): void {
  const { world } = context;
  const { seed, resources, sites } = world.organisation;
  if (part === 'owner' || part === 'orgAdmin' || (part === undefined && draw(seed, index, stream.extra + 2) < 0.0004)) {
    world.orgAdmins.add(index);
    join(context, 'orgAdmins ', index);
  }
  if (part === 'siteAdmin') for (const site of sites) join(context, `siteAdmins ${site.index}`, index);
  if (part === 'jiraAdmin') join(context, 'appAdmins 0', index);
  if (part !== undefined) return;
  const lot = draw(seed, index, stream.extra + 3);
  if (lot < 0.004) join(context, `appAdmins ${mix32(seed, index, stream.extra + 4) % resources.length}`, index);
  else if (lot < 0.005) join(context, `accessDelegates ${mix32(seed, index, stream.extra + 5) % sites.length}`, index);
  else if (lot < 0.0055) directRole(world, sites[0]?.platformAri ?? '', 'atlassian/site-admin').members.set(index, true);
}

function drawTeams(context: Context, index: number, teams: number): void {
  const { world } = context;
  const { seed } = world.organisation;
  const team = mix32(seed, index, stream.extra + 6);
  join(context, `team ${team % teams}`, index);
  if (team % 3 === 0) join(context, `team ${(team >>> 8) % teams}`, index);
  for (const { group, share, number } of context.grantingNothing) {
    if (draw(seed, index, stream.extra + 10 + number) < share && (!group.external || world.source[index] === 2)) group.members.set(index, true);
  }
}

function joinDirectories(context: Context, index: number, state: 1 | 2): void {
  const { world } = context;
  const { seed, directories } = world.organisation;
  for (const directory of directories) {
    const inIt = directories.length === 1 || directory.index === 0 || draw(seed, index, stream.extra + 60 + directory.index) < 0.5;
    const partly = state === 2 && directory.index > 0 && draw(seed, index, stream.extra + 90) < 0.5;
    const list = world.membership[directory.index];
    if (inIt && list !== undefined) list[index] = partly ? 1 : state;
  }
}

/** Members of a directory's groups are members of the directory. */
function tidyDirectories(context: Context, index: number): void {
  for (const { group } of context.groups) {
    const list = context.world.membership[group.directory];
    if (list !== undefined && list[index] === 0 && group.members.has(index)) list[index] = 1;
  }
}

function populateOne(context: Context, index: number, teams: number): void {
  const { world } = context;
  const part = cast[index];
  drawAccount(context, index, part);
  const status = drawStatus(context, index, part);
  if (status === 'out') return;
  joinDirectories(context, index, status === 'suspended' ? 2 : 1);
  const kind = world.kind[index] ?? 0;
  if (kind === 2) {
    directRole(world, world.organisation.resources[mix32(world.organisation.seed, index, 9) % world.organisation.resources.length]?.ari ?? '', 'atlassian/user').members.set(index, true);
  } else if (kind === 3) {
    for (const { group, purpose } of context.groups) if (purpose.kind === 'customers') group.members.set(index, true);
  } else {
    drawAccess(context, index, part);
    drawRank(context, index, part);
    drawTeams(context, index, teams);
  }
  if (world.organisation.directories.length > 1) tidyDirectories(context, index);
}

/** Fills a fresh world with `users` accounts. `now` is in epoch seconds. */
export function populate(world: World, groups: readonly PlannedGroup[], users: number, now: number): void {
  const byPurpose = new Map(groups.map((planned) => [purposeKey(planned.purpose), planned]));
  const teams = groups.filter(({ purpose }) => purpose.kind === 'team').length;
  const grantingNothing = groups.flatMap(({ group, purpose }, number) => (purpose.kind === 'nothing' ? [{ group, share: purpose.share, number }] : []));
  const context: Context = { world, now, groups, byPurpose, grantingNothing };
  for (let index = 0; index < users; index += 1) populateOne(context, index, teams);
  world.count = users;
}
