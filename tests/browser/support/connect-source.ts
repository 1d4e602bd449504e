import { expect } from 'vitest';
import type { Page } from 'playwright-core';
import { z } from 'zod';
import type { Rollcall } from './rollcall.ts';

const withId = z.object({ id: z.string() });

/** Adds the simulated organisation as the source "Acme" and syncs it, through the API with the session of the page; changes settings before. */
export async function connectSource(page: Page, { url, sandbox }: Rollcall, settings: Readonly<Record<string, unknown>>): Promise<void> {
  const headers = { 'x-rollcall-csrf': '1', origin: url };
  const changed = await page.request.patch(`${url}/api/v1/settings`, { headers, data: settings });
  expect(changed.status()).toBe(200);
  const added = await page.request.post(`${url}/api/v1/sources`, { headers, data: { kind: 'atlassian-org', name: 'Acme', organisationId: sandbox.orgId, baseUrl: sandbox.url, apiKey: sandbox.keys.full, requestsPerMinute: 60_000 } });
  expect(added.status()).toBe(201);
  const { id } = withId.parse(await added.json());
  const started = withId.parse(await (await page.request.post(`${url}/api/v1/sources/${id}/syncs`, { headers })).json());
  // The stream of a sync ends with its last state.
  const events = await (await page.request.get(`${url}/api/v1/syncs/${started.id}/events`, { headers: { accept: 'text/event-stream' }, timeout: 120_000 })).text();
  expect(events).toContain('"state":"done"');
}
