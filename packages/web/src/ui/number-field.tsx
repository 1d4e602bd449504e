import type { ReactNode } from 'react';
import { ChevronDown, ChevronUp } from 'lucide-react';
import { Button, Group, Input, NumberField as AriaNumberField } from 'react-aria-components';
import type { NumberFieldProps as AriaNumberFieldProps } from 'react-aria-components';
import { FieldLabel, FieldNotes } from './field.tsx';
import type { FieldProps } from './field.tsx';

export interface NumberFieldProps extends FieldProps, Omit<AriaNumberFieldProps, 'className' | 'style' | 'children' | 'isInvalid'> {
  /** Written after the number, e.g. "days". */
  readonly unit?: string;
}

/** A number, written and read in the viewer's language; NaN while it is empty. */
export function NumberField({ label, isLabelHidden = false, description, errorMessage, unit, ...rest }: NumberFieldProps): ReactNode {
  const field = { label, isLabelHidden, description, errorMessage };
  return (
    <AriaNumberField {...rest} className="rc-field" isInvalid={errorMessage !== undefined}>
      <FieldLabel {...field} isRequired={rest.isRequired} />
      <Group className="rc-input rc-input-group">
        <Input />
        {unit !== undefined && <span className="rc-input-unit">{unit}</span>}
        <Button slot="decrement" className="rc-input-button">
          <ChevronDown aria-hidden />
        </Button>
        <Button slot="increment" className="rc-input-button">
          <ChevronUp aria-hidden />
        </Button>
      </Group>
      <FieldNotes {...field} />
    </AriaNumberField>
  );
}
