import { VendorError } from '@rollcall/connectors/kit';
import { rolesWithoutAccess } from '../../plans/index.ts';
import { RunHalted } from './run-record.ts';
import type { ItemWork, OpenItem } from './run-record.ts';
import type { ObservedRole, Verification } from '@rollcall/connectors/kit';
import type { StoredCall } from './do-call.ts';

/** What the re-reading after the last call came to. `left`: the apps that the person still has. */
export interface ItemVerification {
  readonly answer: Verification;
  readonly left: readonly string[];
}

const withoutAccess = new Set(rolesWithoutAccess);

/** Re-reads with back-off, because removals become visible late: every call must be done and, for app access, no path may be left. */
export async function verifyItem(work: ItemWork, item: OpenItem, calls: readonly StoredCall[]): Promise<ItemVerification> {
  let last: ItemVerification = { answer: 'cannotTell', left: [] };
  for (const wait of work.deps.timing.verifyAfterMs) {
    await work.deps.sleep(wait, work.signal);
    last = await look(work, item, calls);
    if (last.answer === 'done') return last;
  }
  return last;
}

async function look(work: ItemWork, item: OpenItem, calls: readonly StoredCall[]): Promise<ItemVerification> {
  try {
    const now = work.reread.look(item.accountVendorId);
    for (const stored of calls) {
      const answer = await now.stands(stored.call);
      if (answer !== 'done') return { answer, left: [] };
    }
    return work.run.action === 'remove-app-access' && !work.run.isUndo ? await noPathLeft(work, item, await now.roles()) : { answer: 'done', left: [] };
  } catch (error) {
    if (!(error instanceof VendorError)) throw error;
    // The change stands as applied, and is verified when the run goes on with a key that may ask.
    if (await isKeysFault(work, error)) throw new RunHalted('keyRefused');
    return { answer: 'cannotTell', left: [] };
  }
}

/** Whether a refusal is the key's and not the person's: it was revoked, or its owner is no administrator any more. */
export async function isKeysFault(work: Pick<ItemWork, 'reread'>, { facts: { kind } }: VendorError): Promise<boolean> {
  if (kind === 'auth' || kind === 'scope') return true;
  return kind === 'forbidden' && !(await work.reread.test()).usable;
}

async function noPathLeft(work: ItemWork, item: OpenItem, roles: readonly ObservedRole[] | null): Promise<ItemVerification> {
  if (roles === null) return { answer: 'cannotTell', left: [] };
  const targets = item.resourceIds.length === 0 ? [] : await work.deps.db.selectFrom('resource').select(['vendor_id', 'app', 'site']).where('id', 'in', [...item.resourceIds]).execute();
  const left = targets.filter((target) => roles.some((role) => role.resourceId === target.vendor_id && !withoutAccess.has(role.role)));
  return { answer: left.length === 0 ? 'done' : 'notDone', left: left.map((target) => `${target.app} (${target.site})`) };
}
