import type { ReactNode } from 'react';
import { Plural, useLingui } from '@lingui/react/macro';
import { Check, Search } from 'lucide-react';
import { Autocomplete, Dialog, DialogTrigger, Group, Input, ListBox, ListBoxItem, Popover, SearchField, useFilter } from 'react-aria-components';
import { Button } from './button.tsx';
import { useOpenAtOnce } from './lazy-overlay.tsx';
import type { MultiSelectProps } from './multi-select.tsx';
import type { Option } from './option.tsx';
import './overlay.css';

export interface MultiSelectOverlayProps extends Pick<MultiSelectProps, 'label' | 'options' | 'value' | 'onChange' | 'onSearch'> {
  readonly trigger: ReactNode;
}

/** The list with its button, once it is wanted. */
export function MultiSelectOverlay({ options, value, onChange, label, onSearch, trigger }: MultiSelectOverlayProps): ReactNode {
  const { t } = useLingui();
  const { contains } = useFilter({ sensitivity: 'base' });
  const { isOpen, setOpen, place } = useOpenAtOnce();
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={setOpen}>
      <span className="rc-overlay-place" ref={place}>
        {trigger}
      </span>
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
