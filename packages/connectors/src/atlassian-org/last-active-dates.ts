import type { LastActive } from '@rollcall/core';
import type { Context } from './context.ts';
import { lastActiveOf } from './last-active-of.ts';
import { requestsOf } from './requests.ts';
import { resourceName } from './resource-id.ts';
import type { ResourceName } from './resource-id.ts';
import { allPages } from './vendor/all-pages.ts';
import { readRows, unexpectedShape } from './vendor/read-rows.ts';
import { vendorLastActive, vendorProductActivity } from './vendor/user.ts';

/** The apps whose keys Atlassian publishes for last-active-dates. Of others, nothing there proves nothing. */
const covered = new Set(['jira', 'jira-service-management', 'jira-work-management', 'confluence', 'bitbucket', 'trello', 'opsgenie', 'statuspage']);

export interface AppActivity {
  readonly resource: ResourceName;
  readonly lastActive: LastActive;
}

/** Last active days of one account, by app. At most 200 such requests a minute per organisation. Throws VendorError. */
export async function lastActiveDatesOf(context: Context, accountId: string): Promise<AppActivity[]> {
  const requests = requestsOf(context.settings);
  const now = context.now();
  const rows = await allPages(async (cursor) => {
    const request = requests.lastActiveDates(accountId, cursor);
    const response = await context.request(request);
    const answer = vendorLastActive.safeParse(response.body);
    if (!answer.success) throw unexpectedShape(request.operation, response);
    const list = { status: response.status, body: { data: answer.data.data.product_access, links: answer.data.links } };
    return readRows(context, request.operation, list, vendorProductActivity);
  });
  return rows.flatMap((row) => {
    if (row.id === null) return [];
    const given = row.last_active_timestamp ?? row.last_active ?? undefined;
    return [{ resource: resourceName(row.id, row.key), lastActive: lastActiveOf(given, context.timeZone, now) }];
  });
}

/**
 * What a whole answer of last-active-dates says about an app that the account holds and the answer leaves out. Atlassian: "If the
 * user has not accessed a product, the product_access response field will be empty."
 */
export function activityOfOmitted(app: string): LastActive {
  return covered.has(app) ? { kind: 'never' } : { kind: 'unknown', why: 'notGiven' };
}
