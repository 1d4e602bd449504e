import { routes } from '@rollcall/contract';
import { Argument } from 'commander';
import type { Command } from 'commander';
import { usageError } from '../cli-error.ts';
import { command, online } from '../command.ts';
import type { Context } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { findSource } from '../names/find-source.ts';
import { confirm } from '../terminal/ask.ts';
import { addSource } from './add-source.ts';
import type { AddOptions } from './add-source.ts';
import { reportText, sourceDetail, sourceList } from './show-source.ts';
import { dayOption, keyFromOptions, syncInterval, wholeNumber } from './source-options.ts';
import { syncCommand } from './sync-command.ts';

/** `rollcall source …` */
export function sourceCommand(context: Context): Command {
  return command('source', 'Connect the places where accounts live, and look after them', ['rollcall source list'])
    .addCommand(add(context))
    .addCommand(list(context))
    .addCommand(show(context))
    .addCommand(test(context))
    .addCommand(edit(context))
    .addCommand(readOnly(context))
    .addCommand(syncCommand(context))
    .addCommand(remove(context));
}

function withSourceOptions(made: Command): Command {
  return made
    .option('--api-key-file <file>', 'file that holds the API key; - for standard input')
    .option('--api-key-env <name>', 'variable of the environment that holds the API key')
    .option('--key-owner <who>', 'e-mail or account id of the person whose key it is: never acted upon')
    .option('--key-expires <day>', 'the day the key expires, YYYY-MM-DD', dayOption)
    .option('--time-zone <zone>', 'time zone in which days are compared, such as Asia/Tokyo')
    .option('--sync-every <interval>', '30m, 12h, 1d, or off', syncInterval)
    .option('--stale-after <hours>', 'hours after which a reading is too old to rest a plan on (new sources: as the workspace says)', wholeNumber)
    .option('--requests-per-minute <number>', 'at most this many requests a minute', wholeNumber);
}

function add(context: Context): Command {
  const made = command('add', 'Add a Cloud organisation; asks for what is not given', [
    'rollcall source add',
    'rollcall source add --name Acme --api-key-file key.txt --key-owner admin@acme.example --key-expires 2027-03-31',
    'pass show atlassian/key | rollcall source add --name Acme --api-key-file -',
  ])
    .option('--name <name>', 'what the source is called')
    .option('--organisation <id>', 'id of the organisation, when the key sees several')
    .option('--base-url <url>', 'another address than https://api.atlassian.com, for a test server')
    .option('--read-only', 'never carry out an action on it');
  return withSourceOptions(made).action(
    online(context, async (session, options: AddOptions) => {
      const source = await addSource(session, options);
      session.answer(source, () => `${source.name} is connected (${source.id}). Read it now with: rollcall sync ${JSON.stringify(source.name)}\n`);
    }),
  );
}

function list(context: Context): Command {
  return command('list', 'List the sources with their health', ['rollcall source list', 'rollcall source list --json']).action(
    online(context, async (session) => {
      const { items } = await session.client.call(routes.sources.list, {});
      session.answer(items, () => sourceList(items, session));
    }),
  );
}

function show(context: Context): Command {
  return command('show', 'Show a source: schedule, apps, seats, what its key can do', ['rollcall source show Acme'])
    .argument('<source>', 'name or id')
    .action(
      online(context, async (session, name: string) => {
        const source = await findSource(session.client, name);
        session.answer(source, () => sourceDetail(source, session));
      }),
    );
}

function test(context: Context): Command {
  return command('test', 'Test the stored key and say what it can do', ['rollcall source test Acme'])
    .argument('<source>', 'name or id')
    .action(
      online(context, async (session, name: string) => {
        const { id } = await findSource(session.client, name);
        const report = await session.client.call(routes.sources.test, { params: { sourceId: id } });
        session.answer(report, () => reportText(report, session));
        if (!report.usable) session.end(exitCodes.failed);
      }),
    );
}

interface EditOptions extends Omit<AddOptions, 'organisation' | 'baseUrl' | 'readOnly'> {}

function edit(context: Context): Command {
  const made = command('edit', 'Change a source; a new key is tested before it replaces the old one', [
    'rollcall source edit Acme --api-key-file new-key.txt --key-expires 2027-03-31',
    'rollcall source edit Acme --sync-every 12h --time-zone Europe/Vienna',
  ])
    .argument('<source>', 'name or id')
    .option('--name <name>', 'a new name');
  return withSourceOptions(made).action(
    online(context, async (session, name: string, options: EditOptions) => {
      const { id } = await findSource(session.client, name);
      const apiKey = await keyFromOptions(session.terminal, options);
      const body = {
        ...(options.name === undefined ? {} : { name: options.name }),
        ...(apiKey === undefined ? {} : { apiKey }),
        ...(options.keyOwner === undefined ? {} : { keyOwner: options.keyOwner === '' ? null : options.keyOwner }),
        ...(options.keyExpires === undefined ? {} : { keyExpiresOn: options.keyExpires }),
        ...(options.timeZone === undefined ? {} : { timeZone: options.timeZone }),
        ...(options.syncEvery === undefined ? {} : { syncEveryMinutes: options.syncEvery }),
        ...(options.staleAfter === undefined ? {} : { staleAfterHours: options.staleAfter }),
        ...(options.requestsPerMinute === undefined ? {} : { requestsPerMinute: options.requestsPerMinute }),
      };
      if (Object.keys(body).length === 0) throw usageError('Nothing to change. rollcall source edit --help lists what can be changed.');
      const source = await session.client.call(routes.sources.change, { params: { sourceId: id }, body });
      session.answer(source, () => sourceDetail(source, session));
    }),
  );
}

function readOnly(context: Context): Command {
  return command('read-only', 'Switch the read-only mode of a source: on, no action is carried out on it', ['rollcall source read-only Acme on', 'rollcall source read-only Acme off'])
    .argument('<source>', 'name or id')
    .addArgument(new Argument('<state>').choices(['on', 'off']))
    .action(
      online(context, async (session, name: string, state: 'on' | 'off') => {
        const { id } = await findSource(session.client, name);
        const source = await session.client.call(routes.sources.change, { params: { sourceId: id }, body: { readOnly: state === 'on' } });
        session.answer(source, () => (source.readOnly ? `${source.name} is read only: no action is carried out on it.\n` : `${source.name} is no longer read only.\n`));
      }),
    );
}

function remove(context: Context): Command {
  return command('remove', 'Remove a source: its key is destroyed and its accounts leave the inventory; run logs and the audit trail stay', ['rollcall source remove Acme', 'rollcall source remove Acme --yes'])
    .argument('<source>', 'name or id')
    .option('--yes', 'do not ask')
    .action(
      online(context, async (session, name: string, options: { yes?: true }) => {
        const source = await findSource(session.client, name);
        const sure = options.yes === true || (await confirm(session.terminal, `Remove ${source.name} with its ${source.health.accounts.toLocaleString('en-US')} accounts from the inventory?`, 'Give --yes to remove a source without being asked.'));
        if (!sure) throw usageError('Nothing was removed.');
        await session.client.call(routes.sources.remove, { params: { sourceId: source.id } });
        session.answer({ removed: source.id }, () => `${source.name} is removed.\n`);
      }),
    );
}
