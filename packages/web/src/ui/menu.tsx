import type { ReactNode } from 'react';
import { Check } from 'lucide-react';
import { Header, Menu as AriaMenu, MenuItem as AriaMenuItem, MenuSection, MenuTrigger, Popover } from 'react-aria-components';
import { classNames } from './class-names.ts';
import './overlay.css';

export interface MenuItem {
  readonly id: string;
  readonly label: string;
  readonly description?: ReactNode;
  readonly icon?: ReactNode;
  readonly isDanger?: boolean;
  readonly isDisabled?: boolean;
  /** Shows a tick: for choices such as theme and language. */
  readonly isSelected?: boolean;
  /** Goes to this address instead of calling `onAction`. */
  readonly href?: string;
}

export interface MenuGroup {
  readonly id: string;
  readonly heading?: string;
  readonly items: readonly MenuItem[];
}

export interface MenuProps {
  /** The Button or IconButton that opens it. */
  readonly trigger: ReactNode;
  readonly label: string;
  readonly groups: readonly MenuGroup[];
  readonly onAction: (id: string) => void;
  readonly placement?: 'bottom start' | 'bottom end' | 'top start' | 'top end';
}

/** A menu of actions in groups, opened by a button; arrow keys, type-ahead and Escape work as in any menu. */
export function Menu({ trigger, label, groups, onAction, placement = 'bottom end' }: MenuProps): ReactNode {
  const disabled = groups.flatMap((group) => group.items.filter((item) => item.isDisabled === true).map((item) => item.id));
  return (
    <MenuTrigger>
      {trigger}
      <Popover className="rc-popover" placement={placement} offset={4}>
        <AriaMenu className="rc-menu" aria-label={label} onAction={(key) => onAction(String(key))} disabledKeys={disabled}>
          {groups.map((group) => (
            <MenuSection key={group.id} id={group.id} className="rc-menu-section" aria-label={group.heading ?? label}>
              {group.heading !== undefined && <Header className="rc-menu-heading">{group.heading}</Header>}
              {group.items.map((item) => (
                <MenuItemRow key={item.id} item={item} />
              ))}
            </MenuSection>
          ))}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}

function MenuItemRow({ item }: { readonly item: MenuItem }): ReactNode {
  const target = item.href === undefined ? {} : { href: item.href };
  return (
    <AriaMenuItem id={item.id} textValue={item.label} className={classNames('rc-option', item.isDanger === true && 'rc-option-danger')} {...target}>
      {item.icon !== undefined && <span className="rc-option-icon">{item.icon}</span>}
      <span className="rc-option-text">
        {item.label}
        {item.description !== undefined && <span className="rc-option-description">{item.description}</span>}
      </span>
      {item.isSelected === true && <Check className="rc-option-check" size={16} aria-hidden />}
    </AriaMenuItem>
  );
}
