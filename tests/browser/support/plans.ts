import type { Page } from 'playwright-core';
import { z } from 'zod';
import type { Rollcall } from './rollcall.ts';

const source = z.object({ items: z.tuple([z.object({ id: z.string() })], z.unknown()) });
const plan = z.object({ id: z.string(), state: z.string(), totals: z.object({ act: z.number() }).nullable() });
type Plan = z.infer<typeof plan>;

/** Calls the product's API with the session of the page, and expects this status. */
export async function callApi(page: Page, { url }: Rollcall, method: string, path: string, status: number, data?: object): Promise<unknown> {
  const answer = await page.request.fetch(`${url}/api/v1${path}`, { method, headers: { 'x-rollcall-csrf': '1', origin: url }, ...(data === undefined ? {} : { data }) });
  if (answer.status() !== status) throw new Error(`${method} ${path} answered ${answer.status()}: ${await answer.text()}`);
  const text = await answer.text();
  return text === '' ? null : JSON.parse(text);
}

export async function onlySource(page: Page, rollcall: Rollcall): Promise<string> {
  return source.parse(await callApi(page, rollcall, 'GET', '/sources', 200)).items[0].id;
}

/** Orders a plan and waits until it is built, however it ended. */
export async function makePlan(page: Page, rollcall: Rollcall, order: object): Promise<Plan> {
  const { id } = plan.parse(await callApi(page, rollcall, 'POST', '/plans', 202, { sourceId: await onlySource(page, rollcall), ...order }));
  const events = await (await page.request.get(`${rollcall.url}/api/v1/plans/${id}/events`, { headers: { accept: 'text/event-stream' } })).text();
  if (/"state":"(?!building)/.exec(events) === null) throw new Error(`The plan is not built: ${events}`);
  return plan.parse(await callApi(page, rollcall, 'GET', `/plans/${id}`, 200));
}

/** Those who do not use an app of a site in a period. */
export function unusedAccess(app: string, site: string, period = '90d'): object {
  return { action: 'remove-app-access', selection: { kind: 'query', q: `app = ${app} AND site = ${site} AND usage = inactive AND status = active`, period } };
}
