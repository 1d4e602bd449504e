import { sql } from 'kysely';
import type { MergeContext } from './merge-context.ts';

/**
 * Marks whom nobody may act on (mission D1): app and customer accounts, the key's owner, holders of a platform role, and members of a group
 * that grants administration of anything. `isAdminRole` is the connector's word on roles.
 */
export async function mergeProtections({ trx, sync }: MergeContext, isAdminRole: (role: string) => boolean): Promise<void> {
  const { realmId, keyOwner } = sync.source;
  const { rows } = await sql<{ role: string }>`
    select distinct role from group_grant h join account_group g on g.id = h.group_id where g.realm_id = ${realmId}
    union select distinct role from direct_role d join account a on a.id = d.account_id where a.realm_id = ${realmId}`.execute(trx);
  const adminRoles = rows.map((row) => row.role).filter(isAdminRole);
  await sql`
    update account_group g set grants_admin = w.wanted
    from (select g2.id, exists (select 1 from group_grant h where h.group_id = g2.id and h.role = any(${adminRoles})) as wanted
      from account_group g2 where g2.realm_id = ${realmId}) as w
    where w.id = g.id and g.grants_admin <> w.wanted`.execute(trx);
  await sql`
    with administrators as (
      select distinct m.account_id from group_member m join account_group g on g.id = m.group_id where g.realm_id = ${realmId} and g.grants_admin and g.gone_at is null
      union
      select d.account_id from direct_role d join account b on b.id = d.account_id where b.realm_id = ${realmId} and d.role = any(${adminRoles})
    )
    update account a set protected_by = w.wanted
    from (
      select b.id, case
        when b.account_type = 'app' then 'appAccount'
        when b.account_type = 'customer' then 'customerAccount'
        when ${keyOwner}::text is not null and (b.vendor_id = ${keyOwner} or lower(b.email) = lower(${keyOwner})) then 'keyOwner'
        when b.platform_roles <> '{}' then 'platformRole'
        when m.account_id is not null then 'adminGroup'
      end as wanted
      from account b left join administrators m on m.account_id = b.id
      where b.realm_id = ${realmId}
    ) as w
    where w.id = a.id and a.protected_by is distinct from w.wanted`.execute(trx);
}
