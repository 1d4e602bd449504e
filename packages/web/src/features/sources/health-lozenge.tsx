import type { ReactNode } from 'react';
import { useLingui } from '@lingui/react';
import { Lozenge } from '../../ui/index.ts';
import { healthNames, healthTones } from '../../words/sources.ts';
import type { Source } from './source-draft.ts';

/** How a source is, in two words. */
export function HealthLozenge({ health: { state } }: { readonly health: Source['health'] }): ReactNode {
  const { i18n } = useLingui();
  return <Lozenge appearance={healthTones[state]}>{i18n._(healthNames[state])}</Lozenge>;
}
