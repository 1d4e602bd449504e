import { useLingui } from '@lingui/react/macro';
import { z } from 'zod';
import { formatCivilDate, formatNumber } from '../i18n/index.ts';

interface Sentence {
  readonly code: string;
  readonly text: string;
  readonly data?: Readonly<Record<string, unknown>> | undefined;
}

const facts = z.object({ on: z.string().catch(''), daysLeft: z.number().catch(0), hours: z.number().catch(0), percent: z.number().catch(0), known: z.number().catch(0), read: z.number().catch(0) });

/** A warning about a source, or why its sync stopped, in the reader's language; the server's sentence for a code this version does not know. */
export function useHealthSentence(): (sentence: Sentence) => string {
  const { t, i18n } = useLingui();
  return ({ code, text, data }) => {
    const found = facts.parse(data ?? {});
    const on = formatCivilDate(i18n.locale, found.on);
    const { daysLeft } = found;
    const expires = (): string => {
      if (daysLeft === 0) return t`The API key expires today. Make a new one at admin.atlassian.com and enter it here.`;
      if (daysLeft === 1) return t`The API key expires tomorrow. Make a new one at admin.atlassian.com and enter it here.`;
      return t`The API key expires in ${daysLeft} days, on ${on}. Make a new one at admin.atlassian.com before that.`;
    };
    const age = (): string => {
      const days = Math.floor(found.hours / 24);
      const { hours } = found;
      return days >= 2 ? t`The data is ${days} days old. Nothing newer is known, so nobody counts as inactive since then.` : t`The data is ${hours} hours old. Nothing newer is known, so nobody counts as inactive since then.`;
    };
    const held = (): string => {
      const read = formatNumber(i18n.locale, found.read);
      const known = formatNumber(i18n.locale, found.known);
      return t`This reading found ${read} accounts where there were ${known}. Nothing was changed.`;
    };
    const { percent } = found;
    const sentences: Readonly<Record<string, () => string>> = {
      keyExpired: () => t`The API key expired on ${on}. Make a new one at admin.atlassian.com and enter it here.`,
      keyExpiresWithin7: expires,
      keyExpiresWithin14: expires,
      keyExpiresWithin30: expires,
      stale: age,
      manyUnknown: () => t`Of ${percent} % of the app accesses the last activity is unknown. Unknown is never inactive: they are in no plan by themselves.`,
      held: () => (i18n.locale === 'en' ? text : t`The last reading found far fewer accounts than before, so it was held back. Take it or drop it.`),
      suspiciouslySmall: held,
    };
    return sentences[code]?.() ?? text;
  };
}
