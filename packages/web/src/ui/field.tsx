import type { ReactNode } from 'react';
import { CircleAlert } from 'lucide-react';
import { FieldError, Label, Text } from 'react-aria-components';
import { classNames } from './class-names.ts';
import './field.css';

/** What every field has. Give `errorMessage` to show it as wrong; the message says what to do. */
export interface FieldProps {
  readonly label: string;
  /** Keeps the label for screen readers only (filter bars, where the value says enough). */
  readonly isLabelHidden?: boolean;
  readonly description?: ReactNode;
  readonly errorMessage?: string | undefined;
}

export interface FieldLabelProps extends FieldProps {
  readonly isRequired?: boolean | undefined;
}

/** The label above a control. */
export function FieldLabel({ label, isLabelHidden = false, isRequired = false }: FieldLabelProps): ReactNode {
  return <Label className={classNames(isLabelHidden ? 'rc-visually-hidden' : 'rc-label', isRequired && 'rc-label-required')}>{label}</Label>;
}

/** The help and error lines under a control. */
export function FieldNotes({ description, errorMessage }: FieldProps): ReactNode {
  return (
    <>
      {description !== undefined && errorMessage === undefined && (
        <Text slot="description" className="rc-help">
          {description}
        </Text>
      )}
      <FieldError className="rc-error">
        {({ validationErrors }) => (
          <>
            <CircleAlert size={12} aria-hidden />
            <span>{errorMessage ?? validationErrors.join(' ')}</span>
          </>
        )}
      </FieldError>
    </>
  );
}
