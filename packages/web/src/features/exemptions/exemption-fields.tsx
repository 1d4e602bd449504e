import type { ReactNode } from 'react';
import { useLingui } from '@lingui/react/macro';
import { Checkbox, DatePicker, TextArea, TextField } from '../../ui/index.ts';

export interface ExemptionWhy {
  readonly reason: string;
  readonly owner: string;
  readonly endsOn: string | null;
  readonly canary: boolean;
}

export function isComplete({ reason, owner }: ExemptionWhy): boolean {
  return reason.trim().length >= 3 && owner.trim() !== '';
}

/** Why, on whose word, until when, and how strictly. */
export function ExemptionFields({ why, onChange }: { readonly why: ExemptionWhy; readonly onChange: (why: ExemptionWhy) => void }): ReactNode {
  const { t } = useLingui();
  return (
    <>
      <TextArea label={t`Reason`} description={t`Shown on every row that is left out because of it.`} value={why.reason} onChange={(reason) => onChange({ ...why, reason })} isRequired maxLength={500} />
      <TextField label={t`Owner`} description={t`Who answers for it: a person, a team or a ticket.`} value={why.owner} onChange={(owner) => onChange({ ...why, owner })} isRequired maxLength={200} />
      <DatePicker label={t`Until`} description={t`The last day it holds. Empty: no end. After the end the period of inactivity begins anew.`} value={why.endsOn} onChange={(endsOn) => onChange({ ...why, endsOn })} />
      <Checkbox isSelected={why.canary} onChange={(canary) => onChange({ ...why, canary })} description={t`Set it on somebody whose presence in a plan proves that something is wrong, such as the managing director: the whole plan is then refused, not just this row.`}>
        {t`Canary`}
      </Checkbox>
    </>
  );
}
