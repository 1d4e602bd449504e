import type { ReactNode } from 'react';
import { useLingui } from '@lingui/react';
import type { Usage } from '@rollcall/core';
import { CircleAlert, CircleCheck, CircleMinus, CircleQuestionMark, CircleX } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { usageNames } from '../../words/usage.ts';
import './inventory.css';

const icons: Readonly<Record<Exclude<Usage, 'none'>, LucideIcon>> = { active: CircleCheck, lowUsage: CircleAlert, inactive: CircleMinus, never: CircleX, unknown: CircleQuestionMark };

/** A class of the inventory: icon and word, so that colour is never alone. */
export function UsageMark({ usage }: { readonly usage: Usage }): ReactNode {
  const { i18n } = useLingui();
  const name = i18n._(usageNames[usage]);
  if (usage === 'none') return <span className="inv-mark inv-mark-none">{name}</span>;
  const Icon = icons[usage];
  return (
    <span className={`inv-mark inv-mark-${usage}`}>
      <Icon size={14} aria-hidden />
      <span>{name}</span>
    </span>
  );
}
