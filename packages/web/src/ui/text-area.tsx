import type { ReactNode } from 'react';
import { TextArea as AriaTextArea, TextField as AriaTextField } from 'react-aria-components';
import { classNames } from './class-names.ts';
import { FieldLabel, FieldNotes } from './field.tsx';
import type { TextFieldProps } from './text-field.tsx';

export interface TextAreaProps extends TextFieldProps {
  readonly rows?: number;
}

/** Several lines of text. */
export function TextArea({ label, isLabelHidden = false, description, errorMessage, placeholder = '', isMonospace = false, rows = 4, ...rest }: TextAreaProps): ReactNode {
  const field = { label, isLabelHidden, description, errorMessage };
  return (
    <AriaTextField {...rest} className="rc-field" isInvalid={errorMessage !== undefined}>
      <FieldLabel {...field} isRequired={rest.isRequired} />
      <AriaTextArea className={classNames('rc-input', isMonospace && 'rc-input-monospace')} rows={rows} placeholder={placeholder} />
      <FieldNotes {...field} />
    </AriaTextField>
  );
}
