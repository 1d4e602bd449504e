import { defineConnector } from '../kit/connector.ts';
import { defaultRateLimit } from '../kit/pipeline/options.ts';
import { applyCall } from './apply.ts';
import { observeAccount } from './observe.ts';
import { atlassianOrgSettings } from './settings.ts';
import { lookAtAccount } from './look-at-account.ts';
import { readStep, readSteps } from './steps/read-step.ts';
import { testKey } from './test-key.ts';

const endpointGroups = ['org', 'search', 'users', 'groups', 'roles', 'managedAccounts', 'writes'] as const;

/** An Atlassian Cloud organisation by its administration API (v2, and v1 where that is current), with an API key of the organisation. */
export const atlassianOrg = defineConnector({
  kind: 'atlassian-org',
  title: 'Atlassian Cloud organisation',
  settings: atlassianOrgSettings,
  secretFields: ['apiKey'],
  // Atlassian: "The data for the last activity may be delayed by up to 24 hours."
  activityDelayHours: 24,
  rateLimits: ({ requestsPerMinute }) => {
    const limit = { ...defaultRateLimit, allowed: requestsPerMinute ?? defaultRateLimit.allowed };
    // Published: 200 a minute and organisation. Of the others nothing is known; answers of 429 cool them.
    return { ...Object.fromEntries(endpointGroups.map((group) => [group, limit])), lastActiveDates: { allowed: Math.min(200, limit.allowed), windowSeconds: 60 } };
  },
  test: testKey,
  steps: () => readSteps,
  read: readStep,
  observe: observeAccount,
  apply: applyCall,
  look: lookAtAccount,
});
