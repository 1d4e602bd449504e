import type { ReactNode } from 'react';
import { useLingui } from '@lingui/react/macro';
import { DatePicker, Switch, TextField } from '../../ui/index.ts';
import type { SourceDraft } from './source-draft.ts';
import './sources.css';

export interface DraftFieldsProps {
  readonly draft: SourceDraft;
  readonly onChange: (draft: SourceDraft) => void;
}

/** Whose key it is and until when. */
export function KeyFields({ draft, onChange }: DraftFieldsProps): ReactNode {
  const { t } = useLingui();
  return (
    <div className="source-form-two">
      <TextField
        label={t`Whose key it is`}
        description={t`E-mail or account id. This person is always protected: no plan may lock out the key itself.`}
        value={draft.keyOwner}
        onChange={(keyOwner) => onChange({ ...draft, keyOwner })}
        maxLength={200}
      />
      <DatePicker label={t`The key expires on`} description={t`As Atlassian showed it. Rollcall warns 30, 14 and 7 days before.`} value={draft.keyExpiresOn} onChange={(keyExpiresOn) => onChange({ ...draft, keyExpiresOn })} />
    </div>
  );
}

export function ReadOnlyField({ draft, onChange }: DraftFieldsProps): ReactNode {
  const { t } = useLingui();
  return (
    <Switch isSelected={draft.readOnly} onChange={(readOnly) => onChange({ ...draft, readOnly })} description={t`Rollcall reads this source and makes plans, but never changes anything at Atlassian. The server enforces it.`}>
      {t`Read-only mode`}
    </Switch>
  );
}
