import type { ReactNode } from 'react';
import { Radio, RadioGroup as AriaRadioGroup } from 'react-aria-components';
import { classNames } from './class-names.ts';
import { FieldLabel, FieldNotes } from './field.tsx';
import type { FieldProps } from './field.tsx';
import type { Option } from './option.tsx';

export interface RadioGroupProps extends FieldProps {
  readonly options: readonly Option[];
  readonly value: string | null;
  readonly onChange: (id: string) => void;
  readonly orientation?: 'vertical' | 'horizontal';
  readonly isRequired?: boolean;
  readonly isDisabled?: boolean;
}

/** One of two to five choices, all visible, each with an explanation if it needs one. */
export function RadioGroup({ options, value, onChange, orientation = 'vertical', label, isLabelHidden = false, description, errorMessage, isRequired = false, isDisabled = false }: RadioGroupProps): ReactNode {
  const field = { label, isLabelHidden, description, errorMessage };
  return (
    <AriaRadioGroup className="rc-field" value={value} onChange={onChange} orientation={orientation} isInvalid={errorMessage !== undefined} isRequired={isRequired} isDisabled={isDisabled}>
      <FieldLabel {...field} isRequired={isRequired} />
      <div className={classNames('rc-choices', orientation === 'horizontal' && 'rc-choices-row')}>
        {options.map((option) => (
          <Radio key={option.id} value={option.id} className="rc-check" isDisabled={option.isDisabled ?? false}>
            <span className="rc-radio-dot" />
            <span className="rc-check-text">
              {option.label}
              {option.description !== undefined && <span className="rc-option-description">{option.description}</span>}
            </span>
          </Radio>
        ))}
      </div>
      <FieldNotes {...field} />
    </AriaRadioGroup>
  );
}
