import { appKey } from '@rollcall/core';
import type { VendorId } from '@rollcall/core';
import { asVendorId } from './vendor-id.ts';

/**
 * Atlassian names the same app by different owners in different places: `jira` in productAccess, `jira-software` in ARIs,
 * `jira-service-desk` in last-active-dates against `jira-servicedesk` in ARIs. One owner per app is the normal form.
 */
const ownerByApp: Readonly<Record<string, string>> = {
  jira: 'jira-software',
  'jira-service-management': 'jira-servicedesk',
  'jira-product-discovery': 'jira-product-discovery',
  'jira-work-management': 'jira-core',
  'jira-administration': 'jira-admin',
  opsgenie: 'opsgenie',
  atlas: 'townsquare',
};

const otherNames: Readonly<Record<string, string>> = {
  'jira-servicemanagement': 'jira-service-management',
  'jira-service-management': 'jira-service-management',
  'jira-customer-service': 'jira-customer-service',
};

/** Our key of an app from a vendor's key, type or ARI owner. */
export function appOfKey(key: string): string {
  return otherNames[key.trim().toLowerCase()] ?? appKey(key);
}

/** Owners that do not say which app it is: there the key beside the id decides. */
const vagueOwners = new Set(['', 'jira', 'jira-admin', 'site']);

const ari = /^ari:cloud:([^:]*):([^:]*):(.+)$/u;

export interface ResourceName {
  /** Normal form: what accesses, grants and calls refer to. */
  readonly vendorId: VendorId;
  readonly app: string;
  /** The site's cloud id; null where the resource belongs to no site (an organisation, a Bitbucket workspace). */
  readonly cloudId: string | null;
}

/**
 * The normal form of a resource from its id and, where given, the app's key beside it. Accepts full ARIs and bare cloud ids.
 * `app` of what no app is (`ari:cloud:platform::org/…`) is `platform`.
 */
export function resourceName(id: string, key: string | null): ResourceName {
  const match = ari.exec(id.trim());
  if (match === null) {
    const app = key === null ? 'unknown' : appOfKey(key);
    return { vendorId: siteResource(app, id.trim()), app, cloudId: id.trim() };
  }
  const [, owner = '', middle = '', rest = ''] = match;
  const app = owner === 'platform' ? 'platform' : appOfKey(vagueOwners.has(owner) ? (key ?? owner) : owner);
  const cloudId = /^site\/([^/]+)$/u.exec(rest)?.[1] ?? null;
  if (cloudId !== null) return { vendorId: siteResource(app, cloudId), app, cloudId };
  return { vendorId: asVendorId(`ari:cloud:${ownerByApp[app] ?? owner}:${middle}:${rest}`), app, cloudId: null };
}

function siteResource(app: string, cloudId: string): VendorId {
  return asVendorId(`ari:cloud:${ownerByApp[app] ?? app}::site/${cloudId}`);
}

/** Is the resource an app that people use, and not the organisation, a site or an administration console? */
export function isApp(resource: ResourceName): boolean {
  return !['platform', 'jira-administration', 'unified-help', 'avp', 'beacon'].includes(resource.app);
}

const ownersOfApp: Readonly<Record<string, readonly string[]>> = {
  jira: ['jira-software', 'jira'],
  'jira-service-management': ['jira-servicedesk'],
};

/** The forms in which role writes may want a resource, most likely first. A wrong one is refused without effect (400 or 404). */
export function writableForms(id: string): string[] {
  const { vendorId: normal, app, cloudId } = resourceName(id, null);
  if (cloudId === null) return [normal];
  return [...new Set([normal, ...(ownersOfApp[app] ?? []).map((owner) => `ari:cloud:${owner}::site/${cloudId}`)])];
}
