import type { ReactNode } from 'react';
import { useLingui } from '@lingui/react/macro';
import { ChevronDown } from 'lucide-react';
import { Button, ComboBox as AriaComboBox, Group, Input, ListBox, Popover } from 'react-aria-components';
import { FieldLabel, FieldNotes } from './field.tsx';
import type { FieldProps } from './field.tsx';
import { OptionRow } from './option.tsx';
import type { Option } from './option.tsx';

export interface ComboBoxProps extends FieldProps {
  readonly options: readonly Option[];
  readonly value: string | null;
  readonly onChange: (id: string | null) => void;
  /** For choices found by the server: called with what is typed; then `options` are shown as given, unfiltered. */
  readonly onInputChange?: (text: string) => void;
  readonly placeholder?: string;
  readonly isRequired?: boolean;
  readonly isDisabled?: boolean;
}

/** One of a long list, found by typing. */
export function ComboBox({ options, value, onChange, onInputChange, label, isLabelHidden = false, description, errorMessage, placeholder = '', isRequired = false, isDisabled = false }: ComboBoxProps): ReactNode {
  const { t } = useLingui();
  const field = { label, isLabelHidden, description, errorMessage };
  const served = onInputChange === undefined ? {} : { onInputChange, defaultFilter: () => true };
  return (
    <AriaComboBox
      {...served}
      className="rc-field"
      defaultItems={options}
      value={value}
      onChange={(key) => onChange(key === null ? null : String(key))}
      isInvalid={errorMessage !== undefined}
      isRequired={isRequired}
      isDisabled={isDisabled}
      allowsEmptyCollection
      menuTrigger="focus"
    >
      <FieldLabel {...field} isRequired={isRequired} />
      <Group className="rc-input rc-input-group">
        <Input placeholder={placeholder} />
        <Button className="rc-input-button">
          <ChevronDown aria-hidden />
        </Button>
      </Group>
      <FieldNotes {...field} />
      <Popover className="rc-popover" offset={4}>
        <ListBox<Option> className="rc-listbox" renderEmptyState={() => <div className="rc-multi-empty">{t`Nothing found`}</div>}>
          {(option) => <OptionRow option={option} />}
        </ListBox>
      </Popover>
    </AriaComboBox>
  );
}
