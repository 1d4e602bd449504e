import type { ReactNode } from 'react';
import { Plural, useLingui } from '@lingui/react/macro';
import { Check, ChevronDown, Search } from 'lucide-react';
import { Autocomplete, Button as AriaButton, Dialog, DialogTrigger, Group, Input, ListBox, ListBoxItem, Popover, SearchField, useFilter } from 'react-aria-components';
import { Button } from './button.tsx';
import type { FieldProps } from './field.tsx';
import type { Option } from './option.tsx';
import './field.css';
import './overlay.css';

export interface MultiSelectProps extends Pick<FieldProps, 'label' | 'isLabelHidden' | 'description'> {
  readonly options: readonly Option[];
  /** Ids of the chosen options. */
  readonly value: readonly string[];
  readonly onChange: (ids: readonly string[]) => void;
  /** Shown while nothing is chosen, e.g. "All apps". */
  readonly placeholder: string;
  readonly isDisabled?: boolean;
  /** For choices found by the server: called with what is typed. */
  readonly onSearch?: (text: string) => void;
}

/** Several of a list: a popover with a search box and checkboxes; the button says what is chosen. */
export function MultiSelect({ options, value, onChange, label, isLabelHidden = false, description, placeholder, isDisabled = false, onSearch }: MultiSelectProps): ReactNode {
  const { t } = useLingui();
  const { contains } = useFilter({ sensitivity: 'base' });
  const chosen = options.filter((option) => value.includes(option.id)).map((option) => option.label);
  return (
    <div className="rc-field">
      {!isLabelHidden && <span className="rc-label" aria-hidden>{label}</span>}
      <DialogTrigger>
        <AriaButton className="rc-input rc-select-trigger" isDisabled={isDisabled}>
          <span className="rc-visually-hidden">{`${label}: `}</span>
          <span className="rc-select-value" data-placeholder={chosen.length === 0 || undefined}>
            {chosen.length === 0 ? placeholder : chosen.join(', ')}
          </span>
          {value.length > 1 && <span className="rc-multi-count">{value.length}</span>}
          <ChevronDown aria-hidden />
        </AriaButton>
        <Popover className="rc-popover" placement="bottom start" offset={4}>
          <Dialog className="rc-popover-dialog rc-popover-dialog-flush rc-multi" aria-label={label}>
            <Autocomplete filter={onSearch === undefined ? contains : () => true} {...(onSearch === undefined ? {} : { onInputChange: onSearch })}>
              {/* oxlint-disable-next-line jsx-a11y/no-autofocus -- opening the list is asking to search it */}
              <SearchField className="rc-multi-search rc-search" aria-label={t`Search in ${label}`} autoFocus>
                <Group className="rc-input rc-input-group">
                  <span className="rc-input-icon">
                    <Search aria-hidden />
                  </span>
                  <Input placeholder={t`Search`} />
                </Group>
              </SearchField>
              <ListBox<Option>
                className="rc-multi-list"
                aria-label={label}
                items={options}
                selectionMode="multiple"
                escapeKeyBehavior="none"
                selectedKeys={value}
                onSelectionChange={(keys) => onChange(keys === 'all' ? options.map((option) => option.id) : [...keys].map(String))}
                renderEmptyState={() => <div className="rc-multi-empty">{t`Nothing found`}</div>}
              >
                {(option) => <CheckedOption option={option} />}
              </ListBox>
            </Autocomplete>
            <div className="rc-multi-footer">
              <span>
                <Plural value={value.length} _0="None chosen" one="# chosen" other="# chosen" />
              </span>
              <Button appearance="link" isDisabled={value.length === 0} onPress={() => onChange([])}>{t`Clear`}</Button>
            </div>
          </Dialog>
        </Popover>
      </DialogTrigger>
      {description !== undefined && <span className="rc-help">{description}</span>}
    </div>
  );
}

function CheckedOption({ option }: { readonly option: Option }): ReactNode {
  return (
    <ListBoxItem id={option.id} textValue={option.label} className="rc-option" isDisabled={option.isDisabled ?? false}>
      <span className="rc-check-box">
        <Check aria-hidden />
      </span>
      <span className="rc-option-text">
        {option.label}
        {option.description !== undefined && <span className="rc-option-description">{option.description}</span>}
      </span>
    </ListBoxItem>
  );
}
