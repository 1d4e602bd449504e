import type { Class } from './operations.ts';

/**
 * What comes of an operation while a fault strikes it:
 * - `unharmed`: the same as without the fault; of a change: it was made, once;
 * - an error kind (`transient`, `auth`, …): the connector says so and nothing was changed; `…, unclear`: a change can have been made, the vendor has to be asked;
 * - `short`, `nothing`: a reading lacks records that are there, and has none that are not; `other form`: it was read in the vendor's older way, which tells less;
 * - `endless`: the same page token again, which ends the reading;
 * - `gone`, `administrator`, `unknown …`: what the re-check of a person says; `told`: the change is in what was read;
 * - `done`, `notDone`, `cannotTell`: what a verification says; `alreadySo`: the vendor says that nothing had to be done;
 * - `says …`: the code of the capability that the test of a key names.
 */
type Word = string;

export interface Row {
  /** By class of operation, for all that is not in `except`. */
  readonly by: Readonly<Record<Class, Word>>;
  readonly except?: Readonly<Record<string, Word>>;
  /** Changes in the vendor's journal after one write; default: 1 when `unharmed`, else 0. */
  readonly effects?: 0 | 1;
  /** Every error's message has this: it is what the administrator reads in parentheses after what to do. */
  readonly words?: RegExp;
  /** Seconds waited before the next try, by the pipeline's own clock. */
  readonly waits?: number;
}

const unharmed: Row['by'] = { read: 'unharmed', test: 'unharmed', observe: 'unharmed', verify: 'unharmed', write: 'unharmed' };
const everywhere = (word: Word, test: Word): Row['by'] => ({ read: word, test, observe: word, verify: word, write: word });
const unclear = 'transient, unclear';
/** Reads are asked again and get through; a write may have happened. */
const writesUnclear: Row['by'] = { ...unharmed, write: unclear };
const lasting: Row['by'] = { ...everywhere('transient', 'says failed'), write: unclear };

const accounts = ['read missing', 'read activity', 'observe (users.get)', 'observe (users.search)', 'observe (users.roleAssignments)'] as const;
const [missing, activity, ...observations] = accounts;
const lists = (word: Word): Readonly<Record<string, Word>> => ({ 'read accounts': word, 'read managedAccounts': word });

/** By the names of faults.ts; by the names of operations.ts within. */
export const matrix: Readonly<Record<string, Row>> = {
  rateLimitedSeconds: { by: unharmed, waits: 3 },
  rateLimitedDate: { by: unharmed, waits: 5 },
  rateLimitedReset: { by: unharmed, waits: 5 },
  rateLimitedSilent: { by: unharmed, waits: 2 },
  rateLimitedLong: { by: everywhere('rateLimited', 'says failed'), waits: 0 },
  rateLimitedForever: { by: everywhere('rateLimited', 'says failed') },
  busy: { by: unharmed, waits: 2 },
  serverErrorOnce: { by: writesUnclear },
  serverError: { by: lasting, words: /HTTP 502/u },
  htmlPageOnce: { by: writesUnclear },
  htmlPage: { by: lasting, words: /not JSON, as from a proxy/u },
  wrongJsonOnce: { by: unharmed },
  // A write that is answered with success took effect; verification decides.
  wrongJson: { by: { ...everywhere('transient', 'says failed'), write: 'unharmed' }, words: /expected shape/u },
  emptyBody: { by: { ...everywhere('transient', 'says failed'), write: 'unharmed' }, effects: 0, words: /expected shape/u },
  truncatedOnce: { by: writesUnclear, effects: 1 },
  truncated: { by: lasting, effects: 1, words: /broke/u },
  slowDrip: { by: { ...everywhere('transient', 'says failed'), write: 'unharmed' }, words: /came too slowly/u },
  flood: {
    by: { read: 'unsupported', test: 'says unsupported', observe: 'unsupported', verify: 'unsupported', write: 'unharmed' },
    except: {
      'read groups': 'other form', 'read accounts': 'other form', 'test key (orgs.list)': 'says keyWithScopes',
      'observe (users.roleAssignments)': 'unknown roles', 'verify revokeRole': 'cannotTell', 'verify assignRole': 'cannotTell',
    },
    words: /larger than can be right/u,
  },
  slowOnce: { by: unharmed },
  noAnswerOnce: { by: writesUnclear },
  noAnswer: { by: { ...lasting, test: 'says unreachable' }, words: /No answer from/u },
  resetOnce: { by: writesUnclear },
  reset: { by: { ...lasting, test: 'says unreachable' }, words: /connection broke/u },
  lostAnswerReset: { by: writesUnclear, effects: 1 },
  lostAnswerSilence: { by: writesUnclear, effects: 1 },
  // The vendor's word cannot be doubted here; the run re-reads and finds that it is not so.
  ignoredWrite: { by: unharmed, effects: 0 },
  keyRevoked: { by: everywhere('auth', 'says keyRefused'), words: /not valid or has expired/u },
  adminLost: {
    by: everywhere('forbidden', 'says refused'),
    except: { 'test key (orgs.list)': 'says organisationForbidden', 'verify revokeRole': 'cannotTell', 'verify assignRole': 'cannotTell' },
    words: /Not allowed to manage the organization/u,
  },
  repeatedCursor: { by: unharmed, except: lists('endless') },
  shiftForward: { by: unharmed, except: lists('short') },
  shiftBack: { by: unharmed },
  duplicates: { by: unharmed },
  emptyPage: { by: unharmed },
  fivePercent: {
    by: unharmed,
    except: {
      'read directories': 'nothing', 'read workspaces': 'nothing', 'read grants': 'nothing', 'read groups': 'short', 'read members': 'short', ...lists('short'),
      'test key (orgs.list)': 'says keyWithScopes',
      // Of one account nothing can be compared: what is said of it is believed. A person about whom too little is said is skipped, never taken from.
      'observe (users.roleAssignments)': 'told', 'observe (directories.list)': 'told', 'verify revokeRole': 'done', 'verify suspendAccess': 'cannotTell', 'verify restoreAccess': 'cannotTell',
    },
  },
  becameAdmin: {
    by: unharmed,
    except: { [missing]: 'told', ...Object.fromEntries(observations.map((name) => [name, 'administrator'])), 'apply suspendAccess': 'rejected', 'apply restoreAccess': 'rejected', 'apply removeFromDirectory': 'rejected' },
    words: /admins cannot be/u,
  },
  userDeleted: {
    by: { ...unharmed, write: 'notFound' },
    except: {
      [missing]: 'nothing', [activity]: 'short', 'observe (users.get)': 'gone', 'observe (users.search)': 'notFound', 'observe (users.roleAssignments)': 'notFound',
      'verify removeFromGroup': 'done', 'verify revokeRole': 'done', 'verify removeFromDirectory': 'done', 'apply removeFromGroup': 'alreadySo', 'apply removeFromDirectory': 'alreadySo',
    },
    words: /user not found/iu,
  },
  groupDeleted: { by: unharmed, except: { 'read grants': 'nothing', 'read members': 'nothing', 'apply removeFromGroup': 'alreadySo', 'apply addToGroup': 'notFound' }, words: /Group not found/u },
  seatsTaken: { by: unharmed, except: { 'apply addToGroup': 'quota', 'apply assignRole': 'quota' }, words: /reached its user limit/u },
  clockForward: { by: unharmed, waits: 5 },
  clockBack: { by: unharmed, waits: 5 },
  unknownName: { by: everywhere('transient', 'says unreachable'), words: /is not found \(ENOTFOUND\): check the base URL/u },
  nobodyListens: { by: everywhere('transient', 'says unreachable'), words: /No connection to .*ECONNREFUSED/u },
  tlsUntrusted: { by: everywhere('transient', 'says unreachable'), words: /signed by nobody this machine trusts .*NODE_EXTRA_CA_CERTS/u },
  tlsWrongHost: { by: everywhere('transient', 'says unreachable'), words: /not that of localhost/u },
  tlsExpired: { by: everywhere('transient', 'says unreachable'), words: /has expired \(CERT_HAS_EXPIRED\)/u },
};
