import { permissions, routes } from '@rollcall/contract';
import type { Permission, RouteAnswer } from '@rollcall/contract';
import { InvalidArgumentError, Option } from 'commander';
import type { Command } from 'commander';
import { command, online } from '../command.ts';
import type { Context } from '../context.ts';
import { pickOne } from '../names/pick-one.ts';
import { table } from '../terminal/table.ts';
import { clockTime } from '../terminal/times.ts';

type Token = RouteAnswer<typeof routes.session.tokens>['items'][number];

/** `rollcall token …` */
export function tokenCommand(context: Context): Command {
  return command('token', 'API tokens for scripts and other machines', ['rollcall token list'])
    .addCommand(create(context))
    .addCommand(list(context))
    .addCommand(revoke(context));
}

interface CreateOptions {
  readonly scope: readonly Permission[];
  readonly expires: number | null;
}

function create(context: Context): Command {
  return command('create', 'Make an API token; the secret is printed once', ['rollcall token create nightly-report --scope read', 'rollcall token create pipeline --scope read plan apply --expires 30'])
    .argument('<name>', 'what it is for')
    .addOption(new Option('--scope <scope...>', 'what it may do, never more than you').choices(permissions).makeOptionMandatory())
    .option('--expires <days>', 'days until it stops working, or never', expiry, 90)
    .action(
      online(context, async (session, name: string, { scope, expires }: CreateOptions) => {
        const token = await session.client.call(routes.session.createToken, { body: { name, scopes: [...scope], expiresInDays: expires } });
        session.answer(token, () => `${token.secret}\n`);
        if (!session.json) session.note(`This is shown once. Use it with ROLLCALL_TOKEN${token.expiresAt === null ? '' : `; it works until ${clockTime(token.expiresAt)}`}.`);
      }),
    );
}

function expiry(text: string): number | null {
  if (text === 'never') return null;
  const days = Number(text);
  if (!Number.isSafeInteger(days) || days < 1 || days > 3_650) throw new InvalidArgumentError('Write a number of days from 1 to 3650, or never.');
  return days;
}

function list(context: Context): Command {
  return command('list', 'List API tokens: your own; administrators see all', ['rollcall token list']).action(
    online(context, async (session) => {
      const { items } = await session.client.call(routes.session.tokens, {});
      session.answer(items, () =>
        items.length === 0 ? 'No token.\n' : table(
          [
            { title: 'Name', value: (token: Token) => token.name },
            { title: 'Owner', value: (token) => token.owner },
            { title: 'May', value: (token) => token.scopes.join(', ') },
            { title: 'Expires', value: (token) => clockTime(token.expiresAt) || 'never' },
            { title: 'Last used', value: (token) => clockTime(token.lastUsedAt) || 'never' },
            { title: 'Id', value: (token) => token.id },
          ],
          items,
          session.paint,
        ),
      );
    }),
  );
}

function revoke(context: Context): Command {
  return command('revoke', 'Revoke an API token: it stops working at once', ['rollcall token revoke nightly-report'])
    .argument('<token>', 'name or id')
    .action(
      online(context, async ({ client, answer }, name: string) => {
        const { items } = await client.call(routes.session.tokens, {});
        const token = pickOne('token', name, items, (one) => ({ id: one.id, name: one.name }));
        await client.call(routes.session.revokeToken, { params: { tokenId: token.id } });
        answer({ revoked: token.id }, () => `${token.name} no longer works.\n`);
      }),
    );
}
