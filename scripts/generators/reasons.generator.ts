import { reasonCodes, reasonSentence } from '../../packages/server/src/features/plans/sentences.ts';
import type { Generator } from './generator.ts';
import { code, generatedPage, markdownTable } from './markdown.ts';

/** What the sentences are shown with here, so that their blanks are seen. */
const examples: Readonly<Record<string, object>> = {
  protected: { by: 'platformRole' },
  exempt: { by: 'group', label: 'legal-hold', reason: 'Legal hold', owner: 'legal@acme.example', endsOn: '2027-06-30' },
  managedByIdp: { groups: ['jira-users'] },
  clockStartedInPeriod: { clockOn: '2026-11-02' },
  activeSince: { on: '2026-11-21' },
  accessGrantedSince: { groups: ['jira-users'] },
};

function page(): string {
  return generatedPage(
    'Reasons',
    'packages/server/src/features/plans/sentences.ts',
    [
      'Every row of a plan says in one sentence why the person is in it, left out, or held for a look; every row of a run says how it ended.',
      'The API answers the code, the sentence and the data it was made with. Codes are stable. Names and dates are examples.',
    ],
    markdownTable(['code', 'sentence'], reasonCodes.map((one) => [code(one), reasonSentence(one, examples[one] ?? null).text])),
  );
}

/** docs/reference/reasons.md: the sentences of plans and run logs. */
export const generator: Generator = { make: () => [{ path: 'docs/reference/reasons.md', text: page() }] };
