import { roles, routes } from '@rollcall/contract';
import type { Role, RouteAnswer } from '@rollcall/contract';
import { Option } from 'commander';
import type { Command } from 'commander';
import { usageError } from '../cli-error.ts';
import { command, online } from '../command.ts';
import type { Context, Session } from '../context.ts';
import { findSource } from '../names/find-source.ts';
import { pickOne } from '../names/pick-one.ts';
import { confirm } from '../terminal/ask.ts';
import { table } from '../terminal/table.ts';
import { clockTime } from '../terminal/times.ts';
import { counted } from '../terminal/words.ts';

type Person = RouteAnswer<typeof routes.session.people>['items'][number];

/** `rollcall people …` */
export function peopleCommand(context: Context): Command {
  return command('people', 'Who may sign in, with which role', ['rollcall people list'])
    .addCommand(list(context))
    .addCommand(invite(context))
    .addCommand(change(context))
    .addCommand(remove(context));
}

function list(context: Context): Command {
  return command('list', 'List the people who may sign in', ['rollcall people list']).action(
    online(context, async (session) => {
      const { items } = await session.client.call(routes.session.people, {});
      session.answer(items, () =>
        table(
          [
            { title: 'Name', value: (one: Person) => one.name },
            { title: 'E-mail', value: (one) => one.email },
            { title: 'Role', value: (one) => one.role + (one.invited ? ', invited' : '') },
            { title: 'Sources', value: (one) => (one.sourceIds === null ? 'all' : String(one.sourceIds.length)) },
            { title: 'Sites', value: (one) => (one.sites === null ? 'all' : one.sites.join(', ')) },
            { title: 'Last sign-in', value: (one) => clockTime(one.lastSignInAt) },
            { title: 'Two-factor', value: (one) => (one.twoFactor ? 'on' : 'off') },
          ],
          items,
          session.paint,
        ),
      );
    }),
  );
}

interface AccessOptions {
  readonly role?: Role;
  readonly source?: readonly string[];
  readonly site?: readonly string[];
  readonly everywhere?: true;
}

function withLimits(made: Command): Command {
  return made
    .option('--source <source...>', 'only these sources')
    .option('--site <site...>', 'only these sites');
}

async function sourceIdsOf({ client }: Session, names: readonly string[] | undefined): Promise<string[] | undefined> {
  return names === undefined ? undefined : Promise.all(names.map(async (name) => (await findSource(client, name)).id));
}

function invite(context: Context): Command {
  const made = command('invite', 'Invite a person; prints the one-time link to hand over', ['rollcall people invite hanako@acme.example --name "Hanako Sato" --role operator --site acme'])
    .argument('<email>', 'their e-mail')
    .requiredOption('--name <name>', 'their name')
    .addOption(new Option('--role <role>', 'what they may do').choices(roles).default('viewer'));
  return withLimits(made).action(
    online(context, async (session, email: string, { name, role, source, site }: AccessOptions & { name: string; role: Role }) => {
      const invitation = await session.client.call(routes.session.invite, { body: { email, name, role, sourceIds: (await sourceIdsOf(session, source)) ?? null, sites: site === undefined ? null : [...site] } });
      session.answer(invitation, () => `Hand this link to ${name}; it works once, for seven days:\n${invitation.link}\n`);
    }),
  );
}

function change(context: Context): Command {
  const made = command('change', "Change role and limits of a person, or of an open invitation", ['rollcall people change hanako@acme.example --role approver', 'rollcall people change hanako@acme.example --everywhere'])
    .argument('<person>', 'e-mail or id')
    .addOption(new Option('--role <role>', 'what they may do').choices(roles))
    .option('--everywhere', 'all sources and sites');
  return withLimits(made).action(
    online(context, async (session, name: string, { role, source, site, everywhere }: AccessOptions) => {
      const person = await findPerson(session, name);
      if (role === undefined && source === undefined && site === undefined && everywhere === undefined) throw usageError('Nothing to change. Give --role, --source, --site or --everywhere.');
      const sourceIds = everywhere === true ? null : await sourceIdsOf(session, source);
      const sites = everywhere === true ? null : site === undefined ? undefined : [...site];
      const body = { ...(role === undefined ? {} : { role }), ...(sourceIds === undefined ? {} : { sourceIds }), ...(sites === undefined ? {} : { sites }) };
      const changed = await session.client.call(routes.session.changePerson, { params: { personId: person.id }, body });
      session.answer(changed, () => `${changed.name} ${changed.invited ? 'is invited as' : 'is'} ${changed.role}${limitsText(changed)}.\n`);
    }),
  );
}

function remove(context: Context): Command {
  return command('remove', 'Take away a person’s right to sign in', ['rollcall people remove hanako@acme.example'])
    .argument('<person>', 'e-mail or id')
    .option('--yes', 'do not ask')
    .action(
      online(context, async (session, name: string, { yes }: { yes?: true }) => {
        const person = await findPerson(session, name);
        const sure = yes === true || (await confirm(session.terminal, `Remove ${person.name}?`, 'Give --yes to remove a person without being asked.'));
        if (!sure) throw usageError('Nobody was removed.');
        await session.client.call(routes.session.removePerson, { params: { personId: person.id } });
        session.answer({ removed: person.id }, () => `${person.name} can no longer sign in.\n`);
      }),
    );
}

/** What they are limited to, after their role. */
function limitsText({ sourceIds, sites }: Person): string {
  const limits = [...(sourceIds === null ? [] : [counted(sourceIds.length, 'source')]), ...(sites === null ? [] : [`the site${sites.length === 1 ? '' : 's'} ${sites.join(', ')}`])];
  return limits.length === 0 ? '' : `, limited to ${limits.join(' and ')}`;
}

async function findPerson({ client }: Session, text: string): Promise<Person> {
  const { items } = await client.call(routes.session.people, {});
  return pickOne('person', text, items, ({ id, email }) => ({ id, name: email }));
}
