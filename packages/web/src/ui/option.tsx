import type { ReactNode } from 'react';
import { ListBoxItem } from 'react-aria-components';
import './overlay.css';

/** One choice of a Select, ComboBox or MultiSelect. */
export interface Option {
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  readonly icon?: ReactNode;
  readonly isDisabled?: boolean;
}

export function OptionRow({ option }: { readonly option: Option }): ReactNode {
  return (
    <ListBoxItem id={option.id} textValue={option.label} className="rc-option" isDisabled={option.isDisabled ?? false}>
      {option.icon !== undefined && <span className="rc-option-icon">{option.icon}</span>}
      <span className="rc-option-text">
        {option.label}
        {option.description !== undefined && <span className="rc-option-description">{option.description}</span>}
      </span>
    </ListBoxItem>
  );
}
