import { permissions, permissionsOfRole, roles } from '@rollcall/contract';
import type { Permission } from '@rollcall/contract';
import { allRoutes } from './all-routes.ts';
import type { Generator } from './generator.ts';
import { code, generatedPage, markdownTable } from './markdown.ts';

const meanings: Readonly<Record<Permission, string>> = {
  read: 'see sources, inventory, plans, run logs, exemptions and settings',
  sync: 'sync a source, cancel a sync, upload exports, re-check an account',
  plan: 'make and discard plans, save views',
  apply: 'apply plans; pause, resume and cancel runs; pause everything',
  approve: 'apply plans where only approvers may; decide about held readings; settle uncertain rows; end a pause of everything',
  exempt: 'make, change and end exemptions',
  audit: 'see, export and verify the audit trail',
  sources: 'add, change and remove sources and their keys',
  backup: 'make a backup of the whole installation, which holds all personal data; only together with no limits',
  administer: 'people, everybody’s API tokens, settings, deleting run logs',
};

function page(): string {
  const access = ['open', 'signedIn', ...permissions];
  const all = allRoutes.map(({ route }) => route);
  return generatedPage(
    'Roles and permissions',
    'packages/contract/src',
    [
      'A person has one role, and may be limited to some sources and sites. An API token has some of its owner’s permissions, never more',
      'than the owner has at the moment of the request. The server checks every request; what the screens hide is only convenience.',
    ],
    [
      '## What each role may do',
      '',
      ...markdownTable(['permission', 'lets', ...roles], permissions.map((one) => [code(one), meanings[one], ...roles.map((role) => (permissionsOfRole[role].includes(one) ? 'yes' : ''))])),
      '',
      '## What each operation needs',
      '',
      'Addresses stand below `/api/v1`. `signedIn` is anybody who is signed in; `open` needs no sign-in.',
      '',
      ...markdownTable(
        ['needs', 'operation', 'what it does'],
        all.toSorted((a, b) => access.indexOf(a.access) - access.indexOf(b.access)).map((route) => [code(route.access), code(`${route.method} ${route.path}`), route.summary]),
      ),
    ],
  );
}

/** docs/reference/permissions.md: roles, and what each operation of the API needs. */
export const generator: Generator = { make: () => [{ path: 'docs/reference/permissions.md', text: page() }] };
