import { hashPassword } from 'better-auth/crypto';
import type { Transaction } from 'kysely';
import { RequestProblem } from '../../app/problem.ts';
import type { Database } from '../../db/index.ts';
import type { Access } from './access.ts';

export interface NewPerson {
  readonly id: string;
  readonly credentialId: string;
  readonly workspaceId: number;
  readonly name: string;
  readonly email: string;
  readonly passwordHash: string;
  readonly access: Access;
  readonly at: Date;
}

/** Digest of a password as the sign-in verifies it (scrypt). Slow on purpose: outside of transactions. */
export function digestPassword(password: string): Promise<string> {
  return hashPassword(password);
}

/** E-mails are compared without case, everywhere. */
export function plainEmail(email: string): string {
  return email.trim().toLowerCase();
}

/** Writes a person with a password and a role. Throws `conflict` when the e-mail is known. */
export async function insertPerson(trx: Transaction<Database>, made: NewPerson): Promise<void> {
  const known = await trx.selectFrom('person').select('id').where('email', '=', plainEmail(made.email)).executeTakeFirst();
  if (known !== undefined) throw new RequestProblem({ code: 'conflict', title: 'Known already', detail: 'Somebody with this e-mail can sign in already. Sign in, or use another e-mail.' });
  await trx.insertInto('person').values({ id: made.id, name: made.name, email: plainEmail(made.email), email_verified: true, created_at: made.at, updated_at: made.at }).execute();
  await trx
    .insertInto('person_credential')
    .values({ id: made.credentialId, person_id: made.id, provider_id: 'credential', account_id: made.id, password: made.passwordHash, created_at: made.at, updated_at: made.at })
    .execute();
  await insertGrant(trx, made.workspaceId, made.id, made.access, made.at);
}

async function insertGrant(trx: Transaction<Database>, workspaceId: number, personId: string, access: Access, at: Date): Promise<void> {
  const limits = { source_ids: access.sourceIds === null ? null : [...access.sourceIds], sites: access.sites === null ? null : [...access.sites] };
  await trx.insertInto('role_grant').values({ workspace_id: workspaceId, person_id: personId, role: access.role, ...limits, created_at: at }).execute();
}
