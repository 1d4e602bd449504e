import type { VendorId } from '@rollcall/core';
import type { SendRequest } from '../kit/connector.ts';
import type { ResourceRecord } from '../kit/records.ts';
import type { Context } from './context.ts';
import { requestsOf } from './requests.ts';
import { appOfKey, isApp, resourceName } from './resource-id.ts';
import type { ResourceName } from './resource-id.ts';
import { vendorWorkspace } from './vendor/organisation.ts';
import { readRows } from './vendor/read-rows.ts';

/** The workspaces list of an organisation, as far as accesses need it to name what they refer to. */
export interface Resources {
  /** What the workspaces list names, in normal form. */
  readonly listed: ReadonlySet<VendorId>;
  readonly siteByCloudId: ReadonlyMap<string, Site>;
  /** By `<app> <site URL>`: managed accounts name their apps so. */
  readonly byAppAndUrl: ReadonlyMap<string, VendorId>;
}
interface Site {
  readonly site: string;
  readonly siteUrl: string | null;
}

/** Read once per pipeline: that is once per sync, on whatever page it starts. */
const known = new WeakMap<SendRequest, Promise<Resources>>();

export function resourcesOf(context: Context): Promise<Resources> {
  const found = known.get(context.request);
  if (found !== undefined) return found;
  const reading = readAll(context);
  known.set(context.request, reading);
  // A failure is not kept: the next page asks again.
  reading.catch(() => known.delete(context.request));
  return reading;
}

/** One page of the workspaces list: apps only, consoles and platform entries are left out. */
export async function readWorkspaces(context: Context, cursor: string | null) {
  const request = requestsOf(context.settings).workspaces(cursor);
  const page = readRows(context, request.operation, await context.request(request), vendorWorkspace);
  const records = page.rows.flatMap((row): ResourceRecord[] => {
    const attributes = row.attributes ?? null;
    const topType = row.type === 'workspaces' ? null : row.type;
    const name = resourceName(row.id, attributes?.typeKey ?? attributes?.type ?? topType ?? null);
    if (!isApp(name)) return [];
    const site = siteOf(attributes?.hostUrl ?? null, attributes?.name ?? null, name);
    return [{ type: 'resource', vendorId: name.vendorId, app: name.app, ...site, seatsUsed: attributes?.usage ?? null, seatsLimit: attributes?.capacity ?? null }];
  });
  return { records, next: page.next, total: page.total };
}

async function readAll(context: Context): Promise<Resources> {
  const listed = new Set<VendorId>();
  const siteByCloudId = new Map<string, Site>();
  const byAppAndUrl = new Map<string, VendorId>();
  const seen = new Set<string>();
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof readWorkspaces>> = await readWorkspaces(context, cursor);
    for (const record of page.records) {
      listed.add(record.vendorId);
      const { cloudId } = resourceName(record.vendorId, null);
      if (cloudId !== null && record.siteUrl !== null) siteByCloudId.set(cloudId, { site: record.site, siteUrl: record.siteUrl });
      if (record.siteUrl !== null) byAppAndUrl.set(`${record.app} ${record.siteUrl}`, record.vendorId);
    }
    cursor = page.next;
    // The host guards the steps against a repeated cursor; this small list guards itself.
    if (cursor !== null && seen.has(cursor)) break;
    if (cursor !== null) seen.add(cursor);
  } while (cursor !== null);
  return { listed, siteByCloudId, byAppAndUrl };
}

function siteOf(hostUrl: string | null, name: string | null, resource: ResourceName): Site {
  const siteUrl = hostUrl === null ? null : originOf(hostUrl);
  if (siteUrl !== null) return { site: new URL(siteUrl).hostname.replace(/\.atlassian\.net$/u, ''), siteUrl };
  return { site: name ?? resource.cloudId ?? resource.vendorId, siteUrl: null };
}

/** `https://acme.atlassian.net` of any address of that site; null for what is no address. */
function originOf(url: string): string | null {
  const full = url.includes('://') ? url : `https://${url}`;
  return URL.canParse(full) ? new URL(full).origin : null;
}

/** A record for a resource that accesses or grants refer to and the workspaces list does not name; null when it does. */
export function unlistedResource(resources: Resources, name: ResourceName): ResourceRecord | null {
  if (resources.listed.has(name.vendorId) || !isApp(name)) return null;
  const site = name.cloudId === null ? undefined : resources.siteByCloudId.get(name.cloudId);
  return {
    type: 'resource',
    vendorId: name.vendorId,
    app: name.app,
    site: site?.site ?? name.cloudId ?? name.vendorId.slice(name.vendorId.lastIndexOf('/') + 1),
    siteUrl: site?.siteUrl ?? null,
    seatsUsed: null,
    seatsLimit: null,
  };
}

/** The resource that a managed account's `{key, url}` means; null when the address is missing or not one of the listed sites. */
export function resourceByUrl(resources: Resources, key: string, url: string | null): VendorId | null {
  const origin = url === null ? null : originOf(url);
  return origin === null ? null : (resources.byAppAndUrl.get(`${appOfKey(key)} ${origin}`) ?? null);
}
