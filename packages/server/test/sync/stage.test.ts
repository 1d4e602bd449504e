import { expect, it, onTestFinished } from 'vitest';
import { parseCivilDate } from '@rollcall/core';
import type { CivilDate, VendorId } from '@rollcall/core';
import { StagedText } from '../../src/features/sync/stage.ts';
import { testDatabase } from '../support/database.ts';

function civil(text: string): CivilDate {
  const date = parseCivilDate(text);
  if (date === null) throw new Error(`${text} is no day`);
  return date;
}

it('keeps what a vendor says without the NUL characters that the database cannot hold, and every other text as it is', async () => {
  const database = await testDatabase();
  onTestFinished(() => database.drop());
  const client = await database.pool.connect();
  onTestFinished(() => { client.release(); });
  const vendorId = 'a\0b' as VendorId;
  const written = String.raw`six characters: \u0000`;
  const staged = new StagedText('01900000-0000-7000-8000-000000000001');
  staged.add([{
    type: 'account', vendorId, accountType: 'atlassian', status: 'active', claim: 'managed', name: `A\0da ${written}`, email: null, managementSource: null,
    platformRoles: ['atlassian/org-\0admin', 'a "quoted", \\ role'], directoryVendorId: null, directorySuspended: false, details: { jobTitle: `N\0one; ${written}`, department: '"\\\t' }, addedOn: null,
  }]);
  await staged.load(client);
  const { rows } = await client.query('select vendor_id, name, platform_roles, details from staged_account');
  expect(rows).toEqual([{ vendor_id: 'ab', name: `Ada ${written}`, platform_roles: ['atlassian/org-admin', 'a "quoted", \\ role'], details: { jobTitle: `None; ${written}`, department: '"\\\t' } }]);
});

it('keeps each fact of an access and of a membership in its own column', async () => {
  const database = await testDatabase();
  onTestFinished(() => database.drop());
  const client = await database.pool.connect();
  onTestFinished(() => { client.release(); });
  const account = 'a\tb\0\\c\n' as VendorId;
  const resource = 'ari:\r' as VendorId;
  const access = { type: 'access', accountVendorId: account, resourceVendorId: resource, knownThrough: null, evidence: 'csv' } as const;
  const staged = new StagedText('01900000-0000-7000-8000-000000000001');
  staged.add([
    { ...access, holding: 'has', lastActive: { kind: 'at', on: civil('2026-03-04'), at: '2026-03-04T05:06:07.000Z' } },
    { ...access, holding: 'none', lastActive: { kind: 'at', on: civil('2026-03-05'), at: null }, knownThrough: civil('2026-03-06'), evidence: 'lastActiveDates' },
    { ...access, holding: 'has', lastActive: { kind: 'never' } },
    { type: 'member', groupVendorId: 'g\0\\N' as VendorId, accountVendorId: account },
    { ...access, holding: 'unknown', lastActive: { kind: 'unknown', why: 'notGiven' } },
  ]);
  expect(staged.count).toBe(5);
  await staged.load(client);
  const { rows } = await client.query({ text: 'select account_vendor_id, resource_vendor_id, holding, last_kind, last_on::text, last_at, unknown_why, known_through::text, evidence_kind from staged_access order by ctid', rowMode: 'array' });
  const who = ['a\tb\\c\n', 'ari:\r'];
  expect(rows).toEqual([
    [...who, 'has', 'at', '2026-03-04', new Date('2026-03-04T05:06:07Z'), null, null, 'csv'],
    [...who, 'none', 'at', '2026-03-05', null, null, '2026-03-06', 'lastActiveDates'],
    [...who, 'has', 'never', null, null, null, null, 'csv'],
    [...who, 'unknown', 'unknown', null, null, 'notGiven', null, 'csv'],
  ]);
  const members = await client.query('select sync_id, group_vendor_id, account_vendor_id from staged_member');
  expect(members.rows).toEqual([{ sync_id: '01900000-0000-7000-8000-000000000001', group_vendor_id: 'g\\N', account_vendor_id: 'a\tb\\c\n' }]);
});
