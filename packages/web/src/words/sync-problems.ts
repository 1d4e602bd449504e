import { useLingui } from '@lingui/react/macro';
import { useHealthSentence } from './health.ts';

interface Sentence {
  readonly code: string;
  readonly text: string;
  readonly data?: Readonly<Record<string, unknown>> | undefined;
}

/** Why a sync ended early and what to do. English is the server's own sentence, which also quotes the vendor. */
export function useSyncProblem(): (problem: Sentence) => string {
  const { t, i18n } = useLingui();
  const healthSentence = useHealthSentence();
  return (problem) => {
    if (i18n.locale === 'en') return problem.text;
    const sentences: Readonly<Record<string, () => string>> = {
      rateLimited: () => t`Atlassian asked to wait. The sync goes on by itself.`,
      transient: () => t`Atlassian did not answer properly, also not when asked again. Sync again in a few minutes. Nothing was changed.`,
      auth: () => t`Atlassian does not accept the API key any more: it was revoked, or it has expired. Make a new key, enter it here, then sync again. Nothing was changed.`,
      scope: () => t`The API key lacks a scope. Make a key without scopes, enter it here, then sync again. Nothing was changed.`,
      forbidden: () => t`Atlassian refuses this to the API key. Its owner must be an organisation administrator. Test the key. Nothing was changed.`,
      notFound: () => t`Atlassian does not know what was asked for. Check the organisation id. Nothing was changed.`,
      rejected: () => t`Atlassian refused a request. Test the key. Nothing was changed.`,
      unsupported: () => t`Atlassian does not offer this for the organisation, or answers more than can be right. Nothing was changed.`,
      repeatedToken: () => t`Atlassian gave the same page twice, so the reading would never end. Sync again later. Nothing was changed.`,
      partlyRead: () => t`Some readings failed; their facts stay unknown, and accounts that could not be asked about stay as they were.`,
      failed: () => t`The sync failed and nothing was changed. The log of the server says why; sync again.`,
    };
    return sentences[problem.code]?.() ?? healthSentence(problem);
  };
}
