import type { ReactNode } from 'react';
import { Search, X } from 'lucide-react';
import { Button, Group, Input, SearchField as AriaSearchField } from 'react-aria-components';
import type { SearchFieldProps as AriaSearchFieldProps } from 'react-aria-components';
import { classNames } from './class-names.ts';
import './field.css';

export interface SearchFieldProps extends Omit<AriaSearchFieldProps, 'className' | 'style' | 'children' | 'aria-label'> {
  /** Read aloud; also the placeholder unless that is given. */
  readonly label: string;
  readonly placeholder?: string;
}

/** A search box with a clear button; Escape clears, Enter calls `onSubmit`. */
export function SearchField({ label, placeholder, ...rest }: SearchFieldProps): ReactNode {
  return (
    <AriaSearchField {...rest} aria-label={label} className={classNames('rc-field rc-search')}>
      <Group className="rc-input rc-input-group">
        <span className="rc-input-icon">
          <Search aria-hidden />
        </span>
        <Input placeholder={placeholder ?? label} />
        <Button className="rc-input-button">
          <X aria-hidden />
        </Button>
      </Group>
    </AriaSearchField>
  );
}
