/** What an error body says, whichever of the vendor's envelopes it came in. */
export interface ErrorWords {
  /** The vendor's codes, first one first: `ADMIN-UAM-404-1`, `unauthorized`, `externalDirectory.scim`. */
  readonly codes: readonly string[];
  /** Null when the body has no words of its own (HTML, empty, unknown shape). */
  readonly message: string | null;
}

type Members = Readonly<Record<string, unknown>>;

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string[] {
  if (typeof value === 'string' && value.trim() !== '') return [value.trim()];
  return typeof value === 'number' ? [String(value)] : [];
}

/** `{errors:[{code,title,detail}]}`, also a bare array of `{code,message}` (lifecycle/delete). */
function fromList(list: readonly unknown[]): ErrorWords {
  const entries = list.filter(isMembers);
  const codes = entries.flatMap((entry) => textOf(entry['code']));
  const words = entries.map((entry) => [...textOf(entry['title']), ...textOf(entry['detail']), ...textOf(entry['message'])].join(': '));
  const message = words.filter((word) => word !== '').join('; ');
  return { codes, message: message === '' ? null : message };
}

/** `{key, context:{reason:{key}}}` of the User management API. */
function fromKey(key: string, body: Members): ErrorWords {
  const context = isMembers(body['context']) ? body['context'] : {};
  const reason = isMembers(context['reason']) ? textOf(context['reason']['key']) : [];
  return { codes: [key, ...reason], message: [key, ...reason].join(': ') };
}

/**
 * Reads the four envelopes of Atlassian's administration APIs: a list of errors; the routing form `{status,error,message}`; the
 * gateway form `{code,message}`; `{key}`. Anything else gives no codes and no message.
 */
export function readErrorBody(body: unknown): ErrorWords {
  if (Array.isArray(body)) return fromList(body);
  if (!isMembers(body)) return { codes: [], message: null };
  if (Array.isArray(body['errors'])) return fromList(body['errors']);
  const [key] = textOf(body['key']);
  if (key !== undefined) return fromKey(key, body);
  const [message] = [...textOf(body['message']), ...textOf(body['error'])];
  return { codes: textOf(body['code']), message: message ?? null };
}
