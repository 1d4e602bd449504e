import { routes } from '@rollcall/contract';
import type { RouteAnswer } from '@rollcall/contract';
import { Argument } from 'commander';
import type { Command } from 'commander';
import { usageError } from '../cli-error.ts';
import { command, online } from '../command.ts';
import type { Context } from '../context.ts';
import { findSourceOrOnly } from '../names/find-source.ts';
import { pickOne } from '../names/pick-one.ts';
import { dayOption } from '../sources/source-options.ts';
import { table } from '../terminal/table.ts';

type Exemption = RouteAnswer<typeof routes.exemptions.create>;

/** `rollcall exempt …` */
export function exemptCommand(context: Context): Command {
  return command('exempt', 'Exemptions: accounts, groups and domains that no plan touches', ['rollcall exempt list'])
    .addCommand(list(context))
    .addCommand(add(context))
    .addCommand(change(context))
    .addCommand(end(context));
}

function list(context: Context): Command {
  return command('list', 'List exemptions', ['rollcall exempt list', 'rollcall exempt list --ended'])
    .option('--ended', 'also those that have ended')
    .action(
      online(context, async (session, { ended }: { ended?: true }) => {
        const { items } = await session.client.call(routes.exemptions.list, { query: { ended: ended === true ? 'true' : 'false' } });
        session.answer(items, () => (items.length === 0 ? 'No exemption.\n' : exemptionTable(items, session.paint)));
      }),
    );
}

function exemptionTable(items: readonly Exemption[], paint: Parameters<typeof table>[2]): string {
  return table(
    [
      { title: 'Kind', value: (one: Exemption) => one.kind + (one.canary ? ', canary' : '') },
      { title: 'What', value: (one) => one.label },
      { title: 'Reason', value: (one) => one.reason },
      { title: 'Owner', value: (one) => one.owner },
      { title: 'Ends', value: (one) => (one.ended ? 'ended' : (one.endsOn ?? 'never')) },
      { title: 'Id', value: (one) => one.id },
    ],
    items,
    paint,
  );
}

interface AddOptions {
  readonly source?: string;
  readonly reason: string;
  readonly owner: string;
  readonly until?: string;
  readonly canary?: true;
  readonly subdomains?: true;
}

function add(context: Context): Command {
  return command('add', 'Exempt an account, a group or a domain', [
    "rollcall exempt add account ceo@acme.example --reason 'On leave until March' --owner hr@acme.example --until 2027-03-31",
    "rollcall exempt add group legal-hold --source Acme --reason 'Legal hold' --owner legal@acme.example --canary",
    "rollcall exempt add domain partner.example --reason 'Contract' --owner it@acme.example",
    "rollcall exempt add domain partner.example --subdomains --reason 'Contract' --owner it@acme.example     # the same as '*.partner.example'",
  ])
    .addArgument(new Argument('<kind>').choices(['account', 'group', 'domain']))
    .argument('<subject>', "an account's id or e-mail, a group's name, or a domain")
    .option('--source <source>', 'the source of the account or group; may be left out when there is one')
    .requiredOption('--reason <text>', 'why')
    .requiredOption('--owner <who>', 'who answers for it')
    .option('--until <day>', 'the last day, YYYY-MM-DD', dayOption)
    .option('--canary', 'refuse every plan this would be in, instead of leaving the row out')
    .option('--subdomains', 'of a domain: also everybody in its sub-domains; without it, addresses of exactly this domain')
    .action(
      online(context, async (session, kind: Exemption['kind'], given: string, { source, reason, owner, until, canary, subdomains }: AddOptions) => {
        if (subdomains === true && kind !== 'domain') throw usageError(`Only a domain has sub-domains. Leave out --subdomains for ${kind === 'group' ? 'a group' : 'an account'}.`);
        const subject = subdomains === true && !given.startsWith('*.') ? `*.${given.replace(/^@/, '')}` : given;
        const sourceId = kind === 'domain' ? null : (await findSourceOrOnly(session.client, source)).id;
        const made = await session.client.call(routes.exemptions.create, { body: { kind, sourceId, subject, reason, owner, canary: canary === true, endsOn: until ?? null } });
        session.answer(made, () => `${made.label} is exempt${made.endsOn === null ? '' : ` until ${made.endsOn}`}.\n`);
      }),
    );
}

function change(context: Context): Command {
  return command('change', 'Change reason, owner, end or canary of an exemption', ['rollcall exempt change legal-hold --until 2027-06-30'])
    .argument('<exemption>', 'what is exempt, or the id')
    .option('--reason <text>', 'why')
    .option('--owner <who>', 'who answers for it')
    .option('--until <day>', 'the last day, YYYY-MM-DD', dayOption)
    .option('--forever', 'without an end')
    .option('--canary', 'refuse every plan this would be in')
    .option('--no-canary', 'leave the row out of plans')
    .action(
      online(context, async ({ client, answer }, name: string, options: Partial<AddOptions> & { forever?: true; canary?: boolean }) => {
        const { id } = await findExemption(client, name);
        const { reason, owner, until, forever, canary } = options;
        const endsOn = forever === true ? null : until;
        const body = { ...(reason === undefined ? {} : { reason }), ...(owner === undefined ? {} : { owner }), ...(endsOn === undefined ? {} : { endsOn }), ...(canary === undefined ? {} : { canary }) };
        if (Object.keys(body).length === 0) throw usageError('Nothing to change. Give --reason, --owner, --until, --forever or --canary.');
        const changed = await client.call(routes.exemptions.change, { params: { exemptionId: id }, body });
        answer(changed, () => `The exemption of ${changed.label} is changed.\n`);
      }),
    );
}

function end(context: Context): Command {
  return command('end', 'End an exemption; the clock of inactivity begins anew for those it held', ['rollcall exempt end legal-hold'])
    .argument('<exemption>', 'what is exempt, or the id')
    .action(
      online(context, async ({ client, answer }, name: string) => {
        const one = await findExemption(client, name);
        await client.call(routes.exemptions.end, { params: { exemptionId: one.id } });
        answer({ ended: one.id }, () => `${one.label} is no longer exempt.\n`);
      }),
    );
}

async function findExemption(client: Parameters<typeof findSourceOrOnly>[0], name: string): Promise<Exemption> {
  const { items } = await client.call(routes.exemptions.list, {});
  const bySubject = items.filter(({ subject }) => subject.toLowerCase() === name.trim().toLowerCase());
  return pickOne('exemption', bySubject.length === 1 ? (bySubject[0]?.id ?? name) : name, items, ({ id, label }) => ({ id, name: label }));
}
