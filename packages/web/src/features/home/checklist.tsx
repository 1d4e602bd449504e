import type { ReactNode } from 'react';
import { useLingui } from '@lingui/react/macro';
import { Circle, CircleCheck } from 'lucide-react';
import type { Permission } from '@rollcall/contract';
import { useMe } from '../../api/index.ts';
import { LinkButton } from '../../ui/index.ts';
import type { LinkButtonProps } from '../../ui/index.ts';
import type { Home, Step } from './home-data.ts';
import './home.css';

interface StepWords {
  readonly title: string;
  readonly text: string;
  readonly button: string;
  readonly to: NonNullable<LinkButtonProps['to']>;
  readonly needs: Permission;
}

/** From nothing to a first applied plan: what is done, and a button for the next step. */
export function Checklist({ home }: { readonly home: Home }): ReactNode {
  const { t } = useLingui();
  const { permissions } = useMe();
  const words = useStepWords();
  const next = home.gettingStarted.find((step) => !step.done)?.step;
  return (
    <ol className="home-steps">
      {home.gettingStarted.map(({ step, done }) => {
        const { title, text, button, to, needs } = words[step];
        const isNext = step === next;
        return (
          <li key={step} {...(done ? { 'data-done': true } : {})} {...(isNext ? { 'data-next': true } : {})}>
            {done ? <CircleCheck size={20} role="img" aria-label={t`Done`} /> : <Circle size={20} role="img" aria-label={t`To do`} />}
            <div>
              <div className="rc-strong">{title}</div>
              <div className="rc-small rc-subtle">{text}</div>
            </div>
            {isNext && permissions.includes(needs) && (
              <LinkButton to={to} appearance="primary">
                {button}
              </LinkButton>
            )}
          </li>
        );
      })}
    </ol>
  );
}

function useStepWords(): Readonly<Record<Step, StepWords>> {
  const { t } = useLingui();
  return {
    addSource: { title: t`Add a source`, text: t`Connect an Atlassian Cloud organisation by API key, or upload an export of its users.`, button: t`Add a source`, to: '/sources/new', needs: 'sources' },
    sync: { title: t`Read it`, text: t`The first sync reads accounts, groups and last activity. It can take a while; it goes on after a restart.`, button: t`Open sources`, to: '/sources', needs: 'read' },
    lookAtInventory: { title: t`Look at the inventory`, text: t`Who holds which app, and who really uses it. Choose a period and narrow it to the non-users.`, button: t`Open the inventory`, to: '/inventory', needs: 'read' },
    addExemptions: { title: t`Exempt who must never be touched`, text: t`Legal hold, parental leave, break-glass accounts. Administrators are always protected.`, button: t`Add an exemption`, to: '/exemptions', needs: 'exempt' },
    makePlan: { title: t`Make a plan`, text: t`Choose rows in the inventory and an action. A plan changes nothing: it says row by row what would happen and why.`, button: t`Open the inventory`, to: '/inventory', needs: 'plan' },
    applyPlan: { title: t`Apply it`, text: t`Each person is read again before the change and verified after it. Whatever was taken can be given back.`, button: t`Open plans`, to: '/plans', needs: 'apply' },
  };
}
