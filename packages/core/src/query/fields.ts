import { usages } from '../usage.ts';

export const operators = ['=', '!=', '~', '!~', '<', '<=', '>', '>=', 'in', 'notIn', 'isEmpty', 'isNotEmpty'] as const;
export type Operator = (typeof operators)[number];

export const fieldNames = [
  'id', 'name', 'email', 'domain', 'hasEmail', 'status', 'type', 'managed', 'role', 'group', 'source', 'added', 'protected', 'service', 'idp',
  'app', 'site', 'usage', 'lastActive', 'accessGranted',
] as const;
export type FieldName = (typeof fieldNames)[number];

export const accessFieldNames = ['app', 'site', 'usage', 'lastActive', 'accessGranted'] as const;
export type AccessFieldName = (typeof accessFieldNames)[number];
export type AccountFieldName = Exclude<FieldName, AccessFieldName>;

/** How a value is written and compared: `choice` is one of a closed list, `date` a day or a distance back such as `-90d`. */
export type ValueType = 'text' | 'choice' | 'flag' | 'date';

export interface Field {
  readonly name: FieldName;
  /** `access` fields speak of one access; the others of the account. */
  readonly level: 'account' | 'access';
  readonly type: ValueType;
  readonly operators: readonly Operator[];
  /** The values of a `choice`, in the order in which screens list them. */
  readonly choices: readonly string[];
  /** Other spellings the text face takes. */
  readonly aliases: readonly string[];
}

const equality = ['=', '!=', 'in', 'notIn'] as const;
const text = [...equality, '~', '!~'] as const;
const emptiness = ['isEmpty', 'isNotEmpty'] as const;
const order = ['<', '<=', '>', '>=', '='] as const;

export const accountStatusChoices = ['active', 'suspended', 'deactivated', 'invited', 'not_invited', 'for_deletion', 'unknown'] as const;
export const accountTypeChoices = ['atlassian', 'app', 'customer', 'unknown'] as const;
/** Whoever has no access at all is found with `no access(…)`, so `none` is no value here. */
export const usageChoices = usages.filter((usage) => usage !== 'none');

function field(name: FieldName, type: ValueType, operators: readonly Operator[], more: { choices?: readonly string[]; aliases?: readonly string[] } = {}): Field {
  const level = accessFieldNames.some((access) => access === name) ? 'access' : 'account';
  return { name, level, type, operators, choices: more.choices ?? (type === 'flag' ? ['true', 'false'] : []), aliases: more.aliases ?? [] };
}

/** Everything a term can speak of. The table drives the parser, completion, the builder and the reference page. */
export const fields: Readonly<Record<FieldName, Field>> = {
  id: field('id', 'text', equality, { aliases: ['accountId'] }),
  name: field('name', 'text', [...text, ...emptiness]),
  email: field('email', 'text', [...text, ...emptiness], { aliases: ['e-mail', 'mail'] }),
  domain: field('domain', 'text', [...text, ...emptiness]),
  hasEmail: field('hasEmail', 'flag', ['=', '!=']),
  status: field('status', 'choice', equality, { choices: accountStatusChoices }),
  type: field('type', 'choice', equality, { choices: accountTypeChoices, aliases: ['accountType'] }),
  managed: field('managed', 'flag', ['=', '!=']),
  role: field('role', 'text', [...equality, ...emptiness], { aliases: ['roles', 'platformRole'] }),
  group: field('group', 'text', [...text, ...emptiness], { aliases: ['groups'] }),
  source: field('source', 'text', text),
  added: field('added', 'date', order),
  protected: field('protected', 'flag', ['=', '!=']),
  service: field('service', 'flag', ['=', '!=']),
  idp: field('idp', 'flag', ['=', '!=']),
  app: field('app', 'text', equality, { aliases: ['product'] }),
  site: field('site', 'text', text),
  usage: field('usage', 'choice', equality, { choices: usageChoices }),
  lastActive: field('lastActive', 'date', [...order, ...emptiness]),
  accessGranted: field('accessGranted', 'date', order),
};

const byName = new Map<string, Field>();
for (const one of Object.values(fields)) {
  for (const name of [one.name, ...one.aliases]) byName.set(name.toLowerCase(), one);
}

/** The field of a name or alias in any case (`LASTACTIVE`, `groups`); null when there is none. */
export function findField(name: string): Field | null {
  return byName.get(name.toLowerCase()) ?? null;
}

export function isAccessField(name: FieldName): name is AccessFieldName {
  return fields[name].level === 'access';
}
