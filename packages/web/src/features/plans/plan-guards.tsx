import type { ReactNode } from 'react';
import { useLingui } from '@lingui/react/macro';
import { CircleCheck, CircleX } from 'lucide-react';
import { Card } from '../../ui/index.ts';
import { useGuardWords } from '../../words/guards.ts';
import type { Plan } from './plan-screen.tsx';

/** What was checked before the plan may be applied, refusals first. */
export function PlanGuards({ plan }: { readonly plan: Plan }): ReactNode {
  const { t, i18n } = useLingui();
  const words = useGuardWords();
  if (plan.guards.length === 0) return null;
  const guards = plan.guards.toSorted((a, b) => Number(a.passed) - Number(b.passed));
  return (
    <Card title={t`Guards`}>
      <ul className="plan-guards">
        {guards.map(({ name, passed, text }) => {
          const known = words(name);
          // The server's own sentence has the numbers; it is English.
          const detail = i18n.locale === 'en' || known === null ? text : (passed ? numbersOf(text) : `${known.remedy} ${numbersOf(text)}`);
          return (
            <li key={`${name}${text}`} className="plan-guard" data-refused={!passed || undefined}>
              {passed ? <CircleCheck size={16} role="img" aria-label={t`Passed`} /> : <CircleX size={16} role="img" aria-label={t`Refused`} />}
              <span>
                {known !== null && (!passed || i18n.locale !== 'en') && <strong>{known.title} </strong>}
                {!passed && <strong>({t`Refused`}) </strong>}
                <span className={passed ? 'rc-small rc-subtle' : ''}>{detail}</span>
              </span>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}

/** "(12 / 500)": the numbers of a sentence, for readers of another language. */
function numbersOf(text: string): string {
  const numbers = text.match(/\d{4}-\d{2}-\d{2}|\d+(?:\.\d+)?(?: ?%)?/g) ?? [];
  return numbers.length === 0 ? '' : `(${numbers.join(' / ')})`;
}
