import { useState } from 'react';
import type { ReactNode } from 'react';
import { useLingui } from '@lingui/react/macro';
import { Eye, EyeOff } from 'lucide-react';
import { Group, Input, TextField as AriaTextField, ToggleButton } from 'react-aria-components';
import { classNames } from './class-names.ts';
import { FieldLabel, FieldNotes } from './field.tsx';
import type { TextFieldProps } from './text-field.tsx';

/** A password or API key: hidden until asked. Set `autoComplete` ("current-password", "new-password", "off"). */
export function PasswordField({ label, isLabelHidden = false, description, errorMessage, placeholder = '', isMonospace = false, ...rest }: TextFieldProps): ReactNode {
  const { t } = useLingui();
  const [isShown, setShown] = useState(false);
  const field = { label, isLabelHidden, description, errorMessage };
  return (
    <AriaTextField {...rest} type={isShown ? 'text' : 'password'} className="rc-field" isInvalid={errorMessage !== undefined}>
      <FieldLabel {...field} isRequired={rest.isRequired} />
      <Group className={classNames('rc-input rc-input-group', isMonospace && 'rc-input-monospace')} isInvalid={errorMessage !== undefined}>
        <Input placeholder={placeholder} spellCheck={false} />
        <ToggleButton className="rc-input-button" isSelected={isShown} onChange={setShown} aria-label={t`Show the text of ${label}`}>
          {isShown ? <EyeOff aria-hidden /> : <Eye aria-hidden />}
        </ToggleButton>
      </Group>
      <FieldNotes {...field} />
    </AriaTextField>
  );
}
