import type { SavedView } from './read-views.ts';

const updatedAt = '2026-01-01T00:00:00.000Z';

function view(number: number, name: string, q: string, period = 'last-3-months'): SavedView {
  return { id: `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`, name, shared: true, owner: 'Rollcall', builtIn: true, search: { q, period }, updatedAt };
}

/** The views that come with Rollcall. Their ids stand in addresses and never change; they can be copied, not changed. */
export const builtInViews: readonly SavedView[] = [
  view(1, 'Not using Jira', 'app = jira AND usage IN (inactive, never) AND status = active'),
  view(2, 'Never accessed', 'usage = never AND status = active'),
  // "No access that is used": true only where every access is known to be unused.
  view(3, 'Dormant administrators', 'role IS NOT EMPTY AND status = active AND no access(usage IN (active, lowUsage))'),
  view(4, 'Outside contractors (unmanaged)', 'managed = false AND type = atlassian AND status = active'),
  view(5, 'Service-looking accounts', 'service = true AND status = active'),
  view(6, 'Unknown activity', 'usage = unknown AND status = active'),
];
