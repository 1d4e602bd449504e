import type { ReactNode } from 'react';
import { Input, TextField as AriaTextField } from 'react-aria-components';
import type { TextFieldProps as AriaTextFieldProps } from 'react-aria-components';
import { classNames } from './class-names.ts';
import { FieldLabel, FieldNotes } from './field.tsx';
import type { FieldProps } from './field.tsx';

export interface TextFieldProps extends FieldProps, Omit<AriaTextFieldProps, 'className' | 'style' | 'children' | 'isInvalid'> {
  readonly placeholder?: string;
  readonly isMonospace?: boolean;
}

/** One line of text. */
export function TextField({ label, isLabelHidden, description, errorMessage, placeholder, isMonospace = false, ...rest }: TextFieldProps): ReactNode {
  const field = { label, description, errorMessage, ...(isLabelHidden === undefined ? {} : { isLabelHidden }) };
  return (
    <AriaTextField {...rest} className="rc-field" isInvalid={errorMessage !== undefined}>
      <FieldLabel {...field} isRequired={rest.isRequired} />
      <Input className={classNames('rc-input', isMonospace && 'rc-input-monospace')} {...(placeholder === undefined ? {} : { placeholder })} />
      <FieldNotes {...field} />
    </AriaTextField>
  );
}
