import type { ReactNode } from 'react';
import { useLingui } from '@lingui/react/macro';
import { CircleCheck, CircleX } from 'lucide-react';
import { Card } from '../../ui/index.ts';
import { useGuardWords } from '../../words/guards.ts';
import type { Plan } from './plan-screen.tsx';

/** What was checked before the plan may be applied, refusals first. */
export function PlanGuards({ plan }: { readonly plan: Plan }): ReactNode {
  const { t } = useLingui();
  const words = useGuardWords();
  if (plan.guards.length === 0) return null;
  const guards = plan.guards.toSorted((a, b) => Number(a.passed) - Number(b.passed));
  return (
    <Card title={t`Guards`}>
      <ul className="plan-guards">
        {guards.map((guard) => {
          const { title, sentence } = words(guard);
          return (
            <li key={`${guard.name}${guard.text}`} className="plan-guard" data-refused={!guard.passed || undefined}>
              {guard.passed ? <CircleCheck size={16} role="img" aria-label={t`Passed`} /> : <CircleX size={16} role="img" aria-label={t`Refused`} />}
              <span>
                {!guard.passed && title !== null && <strong>{t`Refused: ${title}.`} </strong>}
                <span className={guard.passed ? 'rc-small rc-subtle' : ''}>{sentence}</span>
              </span>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
