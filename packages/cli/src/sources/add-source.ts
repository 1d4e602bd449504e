import { routes } from '@rollcall/contract';
import type { RouteAnswer } from '@rollcall/contract';
import { CliError, usageError } from '../cli-error.ts';
import type { Session } from '../context.ts';
import type { Source } from '../names/find-source.ts';
import { ask, askSecret } from '../terminal/ask.ts';
import { canAsk } from '../terminal/terminal.ts';
import { reportText } from './show-source.ts';
import { keyFromOptions } from './source-options.ts';

export interface AddOptions {
  readonly name?: string;
  readonly organisation?: string;
  readonly apiKeyFile?: string;
  readonly apiKeyEnv?: string;
  readonly keyOwner?: string;
  readonly keyExpires?: string;
  readonly timeZone?: string;
  readonly syncEvery?: number | null;
  readonly staleAfter?: number;
  readonly requestsPerMinute?: number;
  readonly readOnly?: true;
  readonly baseUrl?: string;
}

type CapabilityReport = RouteAnswer<typeof routes.sources.testNew>;

const steps = `Make an API key at admin.atlassian.com: choose the organisation, Settings, API keys, Create API key
without scopes. Copy the key: Atlassian shows it once.`;

/** Adds a Cloud organisation: asks for what is missing, tests the key and says what it can do before anything is stored. */
export async function addSource(session: Session, options: AddOptions): Promise<Source> {
  const { terminal, client } = session;
  const given = await keyFromOptions(terminal, options);
  if (given === undefined && canAsk(terminal)) session.note(steps);
  const name = options.name ?? (await ask(terminal, 'Name of the source', 'Give the source a name with --name.'));
  const apiKey = given ?? (await askSecret(terminal, 'API key', 'Give the API key with --api-key-file FILE, --api-key-file - (standard input) or --api-key-env NAME.'));
  const reach = { apiKey, ...(options.baseUrl === undefined ? {} : { baseUrl: options.baseUrl }) };
  const report = await client.call(routes.sources.testNew, { body: { kind: 'atlassian-org', organisationId: options.organisation ?? '', ...reach } });
  if (!session.json) session.note(reportText(report, session).trimEnd());
  const organisationId = options.organisation ?? (await chooseOrganisation(session, report));
  const asks = canAsk(terminal) && options.keyOwner === undefined && given === undefined;
  const keyOwner = options.keyOwner ?? (asks ? await ask(terminal, 'Whose key is it (e-mail or account id; never acted upon)', '', '') : '');
  const { keyExpires, timeZone, syncEvery, staleAfter, requestsPerMinute, readOnly } = options;
  return client.call(routes.sources.create, {
    body: {
      kind: 'atlassian-org', name, organisationId, ...reach,
      ...(keyOwner === '' ? {} : { keyOwner }),
      ...(keyExpires === undefined ? {} : { keyExpiresOn: keyExpires }),
      ...(timeZone === undefined ? {} : { timeZone }),
      ...(syncEvery === undefined ? {} : { syncEveryMinutes: syncEvery }),
      ...(staleAfter === undefined ? {} : { staleAfterHours: staleAfter }),
      ...(requestsPerMinute === undefined ? {} : { requestsPerMinute }),
      ...(readOnly === undefined ? {} : { readOnly }),
    },
  });
}

async function chooseOrganisation(session: Session, { usable, organisations }: CapabilityReport): Promise<string> {
  const [only] = organisations;
  if (only === undefined && !usable) throw new CliError('Nothing was saved: the key cannot be used. The report above says why and what to do.');
  if (only === undefined) throw usageError('The key names no organisation. Give its id with --organisation; it stands in the address of admin.atlassian.com after /o/.');
  if (organisations.length === 1) return only.id;
  const otherwise = `The key sees several organisations. Choose one with --organisation: ${organisations.map(({ id, name }) => `${id} (${name})`).join(', ')}.`;
  const answer = await ask(session.terminal, 'Organisation (id or name)', otherwise);
  const chosen = organisations.find(({ id, name }) => id === answer || name.toLowerCase() === answer.toLowerCase());
  if (chosen === undefined) throw usageError(otherwise);
  return chosen.id;
}
