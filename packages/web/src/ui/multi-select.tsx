import type { ReactNode } from 'react';
import { ChevronDown } from 'lucide-react';
import { Button as AriaButton } from 'react-aria-components';
import type { FieldProps } from './field.tsx';
import { ClosedTrigger, useLazyOverlay } from './lazy-overlay.tsx';
import type { Option } from './option.tsx';
import './field.css';

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

const load = () => import('./multi-select-overlay.tsx').then(({ MultiSelectOverlay }) => MultiSelectOverlay);

/** Several of a list: a popover with a search box and checkboxes; the button says what is chosen. */
export function MultiSelect(props: MultiSelectProps): ReactNode {
  const { options, value, label, isLabelHidden = false, description, placeholder, isDisabled = false } = props;
  const { Overlay, want, preload } = useLazyOverlay(load);
  const chosen = options.filter((option) => value.includes(option.id)).map((option) => option.label);
  const trigger = (
      <AriaButton className="rc-input rc-select-trigger" isDisabled={isDisabled}>
        <span className="rc-visually-hidden">{`${label}: `}</span>
        <span className="rc-select-value" data-placeholder={chosen.length === 0 || undefined}>
          {chosen.length === 0 ? placeholder : chosen.join(', ')}
        </span>
        {value.length > 1 && <span className="rc-multi-count">{value.length}</span>}
        <ChevronDown aria-hidden />
      </AriaButton>
  );
  return (
    <div className="rc-field">
      {!isLabelHidden && <span className="rc-label" aria-hidden>{label}</span>}
      {Overlay === null ? (
        <ClosedTrigger popup="dialog" onWant={want} onPreload={preload}>
          {trigger}
        </ClosedTrigger>
      ) : (
        <Overlay {...props} trigger={trigger} />
      )}
      {description !== undefined && <span className="rc-help">{description}</span>}
    </div>
  );
}
