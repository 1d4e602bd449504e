import type { AppKey } from '../options.ts';
import { uuid } from './random.ts';

/** The names one app goes by in the different corners of Atlassian's interfaces. */
export type AppNames = {
  readonly key: AppKey;
  /** Label in the screens and exports. */
  readonly label: string;
  /** Owner segment of the resource ARI and `resourceOwner`. */
  readonly owner: string;
  /** `key` in the `productAccess` expand. */
  readonly productAccessKey: string;
  /** `key` in last-active-dates and in managed accounts. */
  readonly lastActiveKey: string;
  /** Stem of the default group: `jira-users-acme`. */
  readonly groupStem: string;
};

const appNames: Readonly<Record<AppKey, AppNames>> = {
  jira: { key: 'jira', label: 'Jira', owner: 'jira-software', productAccessKey: 'jira', lastActiveKey: 'jira-software', groupStem: 'jira' },
  'jira-servicemanagement': { key: 'jira-servicemanagement', label: 'Jira Service Management', owner: 'jira-servicedesk', productAccessKey: 'jira-servicedesk', lastActiveKey: 'jira-service-desk', groupStem: 'jira-servicemanagement' },
  confluence: { key: 'confluence', label: 'Confluence', owner: 'confluence', productAccessKey: 'confluence', lastActiveKey: 'confluence', groupStem: 'confluence' },
};

export type Site = { readonly index: number; readonly name: string; readonly cloudId: string; readonly url: string; readonly platformAri: string; readonly directory: number };

/** An app on a site. */
export type Resource = { readonly index: number; readonly site: Site; readonly app: AppNames; readonly ari: string; readonly seats: number | undefined };

export type Directory = { readonly index: number; readonly id: string; readonly name: string };

/** The fixed parts of an organisation: what no request of this API changes. */
export type Organisation = {
  readonly seed: number;
  readonly id: string;
  readonly name: string;
  readonly ari: string;
  readonly sites: readonly Site[];
  readonly resources: readonly Resource[];
  readonly directories: readonly Directory[];
  /** Domains whose accounts are managed; empty without a verified domain. */
  readonly verifiedDomains: readonly string[];
};

/** What an organisation is made from. */
export type OrganisationPlan = {
  readonly seed: number;
  readonly name: string;
  readonly sites: readonly string[];
  readonly apps: readonly AppKey[];
  readonly directories: number;
  readonly verifiedDomain: boolean;
  readonly seats: Readonly<Record<string, number>>;
};

/** The domain of an organisation's own people; reserved names only, so that nothing can ever be sent. */
export const ownDomains: readonly string[] = ['acme.example', 'acme-kk.example'];

/** Lays out an organisation: sites, an app on each, one directory or one for each site. */
export function createOrganisation(plan: OrganisationPlan): Organisation {
  const { seed } = plan;
  const sites = plan.sites.map((name, index): Site => {
    const cloudId = uuid(seed, index, 101);
    return { index, name, cloudId, url: `https://${name}.atlassian.net`, platformAri: `ari:cloud:platform::site/${cloudId}`, directory: Math.min(index, plan.directories - 1) };
  });
  const resources = sites.flatMap((site) => plan.apps.map((key) => ({ site, app: appNames[key] }))).map(({ site, app }, index): Resource => ({
    index, site, app, ari: `ari:cloud:${app.owner}::site/${site.cloudId}`, seats: plan.seats[`${app.key}@${site.name}`],
  }));
  const directories = Array.from({ length: plan.directories }, (_, index): Directory => ({
    index, id: uuid(seed, index, 102), name: plan.directories === 1 ? plan.name : plan.sites[index] ?? plan.name,
  }));
  const id = uuid(seed, 0, 100);
  return { seed, id, name: plan.name, ari: `ari:cloud:platform::org/${id}`, sites, resources, directories, verifiedDomains: plan.verifiedDomain ? ownDomains : [] };
}
