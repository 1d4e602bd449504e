import { routes } from '@rollcall/contract';
import type { Command } from 'commander';
import { command, online } from '../command.ts';
import type { Context } from '../context.ts';
import { findAccount } from '../names/find-account.ts';
import { accountText } from './account-text.ts';

/** `rollcall recheck WHO` */
export function recheckCommand(context: Context): Command {
  return command('recheck', 'Read one account again at the vendor now, and show it', ['rollcall recheck hanako@acme.example'])
    .argument('<who>', "account id or e-mail; or Rollcall's own row id, written '#17'")
    .action(
      online(context, async (session, who: string) => {
        const accountId = await findAccount(session.client, who);
        const account = await session.client.call(routes.inventory.recheck, { params: { accountId } });
        session.answer(account, () => accountText(account, session));
      }),
    );
}
