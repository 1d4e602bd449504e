import { routes } from '@rollcall/contract';
import type { Command } from 'commander';
import { command, online } from '../command.ts';
import type { Context, Session } from '../context.ts';
import { findAccount } from '../names/find-account.ts';
import { accountText } from './account-text.ts';
import type { Account } from './account-text.ts';
import { periodOption } from './question.ts';

interface UserOptions {
  readonly period: string;
  readonly days?: true;
}

/** `rollcall user WHO` */
export function userCommand(context: Context): Command {
  return command('user', 'Show everything about one account: apps, use with its evidence, groups, paths, what was done', [
    'rollcall user hanako@acme.example',
    'rollcall user 712020:f5a1… --period 90d --days',
  ])
    .argument('<who>', "account id or e-mail; or Rollcall's own row id, written '#17'")
    .option('--period <period>', 'the period in which use is looked for', periodOption, 'last-3-months')
    .option('--days', 'list the days the person was seen active in each app')
    .action(
      online(context, async (session, who: string, options: UserOptions) => {
        const accountId = await findAccount(session.client, who);
        const account = await session.client.call(routes.inventory.account, { params: { accountId }, query: { period: options.period } });
        if (options.days !== true) {
          session.answer(account, () => accountText(account, session));
          return;
        }
        const activity = await activityOf(session, account);
        session.answer({ ...account, activity }, () => accountText(account, session) + activity.map(({ title, site, days, historyFrom }) => `\n${title} on ${site}, days known${historyFrom === null ? '' : ` since ${historyFrom}`}:\n${days.length === 0 ? '  none' : days.map((day) => `  ${day}`).join('\n')}\n`).join(''));
      }),
    );
}

async function activityOf({ client }: Session, account: Account) {
  return Promise.all(
    account.accesses.map(async ({ resourceId, title, site }) => {
      const activity = await client.call(routes.inventory.activity, { params: { accountId: account.row.id }, query: { resourceId } });
      return { resourceId, title, site, ...activity };
    }),
  );
}
