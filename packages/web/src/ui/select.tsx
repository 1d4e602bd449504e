import type { ReactNode } from 'react';
import { ChevronDown } from 'lucide-react';
import { Button, ListBox, Popover, Select as AriaSelect, SelectValue } from 'react-aria-components';
import { FieldLabel, FieldNotes } from './field.tsx';
import type { FieldProps } from './field.tsx';
import { OptionRow } from './option.tsx';
import type { Option } from './option.tsx';

export interface SelectProps extends FieldProps {
  readonly options: readonly Option[];
  /** Id of the chosen option; null for none. */
  readonly value: string | null;
  readonly onChange: (id: string) => void;
  readonly placeholder?: string;
  readonly isRequired?: boolean;
  readonly isDisabled?: boolean;
  readonly name?: string;
}

/** One of a short list. For more than about fifteen choices use ComboBox. */
export function Select({ options, value, onChange, label, isLabelHidden = false, description, errorMessage, isRequired = false, isDisabled = false, ...rest }: SelectProps): ReactNode {
  const field = { label, isLabelHidden, description, errorMessage };
  return (
    <AriaSelect {...rest} className="rc-field" value={value} onChange={(key) => key !== null && onChange(String(key))} isInvalid={errorMessage !== undefined} isRequired={isRequired} isDisabled={isDisabled}>
      <FieldLabel {...field} isRequired={isRequired} />
      <Button className="rc-input rc-select-trigger">
        <SelectValue className="rc-select-value" />
        <ChevronDown aria-hidden />
      </Button>
      <FieldNotes {...field} />
      <Popover className="rc-popover" offset={4}>
        <ListBox className="rc-listbox" items={options}>
          {(option) => <OptionRow option={option} />}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
