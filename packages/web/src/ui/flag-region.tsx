import { useSyncExternalStore } from 'react';
import type { ReactNode } from 'react';
import { useLingui } from '@lingui/react/macro';
import { CircleAlert, CircleCheck, Info, TriangleAlert, X } from 'lucide-react';
import { dismissFlag, flagStore } from './flags.ts';
import { IconButton } from './icon-button.tsx';
import './display.css';

const icons = { info: Info, warning: TriangleAlert, error: CircleAlert, success: CircleCheck } as const;

/** Where flags appear; stands once, in the shell. `showFlag` adds one from anywhere. */
export function FlagRegion(): ReactNode {
  const { t } = useLingui();
  const flags = useSyncExternalStore(flagStore.subscribe, flagStore.read);
  return (
    <section className="rc-flags" aria-label={t`Notifications`} aria-live="polite">
      {flags.map((flag) => {
        const Icon = icons[flag.tone];
        return (
          <div key={flag.id} className={`rc-flag rc-flag-${flag.tone}`} role={flag.tone === 'error' ? 'alert' : 'status'}>
            <Icon size={18} aria-hidden />
            <div className="rc-message-content">
              <div className="rc-message-title">{flag.title}</div>
              {flag.description !== undefined && <div className="rc-subtle">{flag.description}</div>}
            </div>
            <IconButton label={t`Dismiss`} spacing="compact" icon={<X aria-hidden />} hasTooltip={false} onPress={() => dismissFlag(flag.id)} />
          </div>
        );
      })}
    </section>
  );
}
