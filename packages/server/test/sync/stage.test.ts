import { expect, it, onTestFinished } from 'vitest';
import type { VendorId } from '@rollcall/core';
import { stageRecords } from '../../src/features/sync/stage.ts';
import { testDatabase } from '../support/database.ts';

it('keeps what a vendor says without the NUL characters that the database cannot hold, and every other text as it is', async () => {
  const database = await testDatabase();
  onTestFinished(() => database.drop());
  const client = await database.pool.connect();
  onTestFinished(() => { client.release(); });
  const vendorId = 'a\0b' as VendorId;
  const written = String.raw`six characters: \u0000`;
  await stageRecords(client, '01900000-0000-7000-8000-000000000001', [{
    type: 'account', vendorId, accountType: 'atlassian', status: 'active', claim: 'managed', name: `A\0da ${written}`, email: null, managementSource: null,
    platformRoles: ['atlassian/org-\0admin', 'a "quoted", \\ role'], directoryVendorId: null, directorySuspended: false, details: { jobTitle: `N\0one; ${written}`, department: '"\\\t' }, addedOn: null,
  }]);
  const { rows } = await client.query('select vendor_id, name, platform_roles, details from staged_account');
  expect(rows).toEqual([{ vendor_id: 'ab', name: `Ada ${written}`, platform_roles: ['atlassian/org-admin', 'a "quoted", \\ role'], details: { jobTitle: `None; ${written}`, department: '"\\\t' } }]);
});
