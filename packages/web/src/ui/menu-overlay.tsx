import type { ReactNode } from 'react';
import { Check } from 'lucide-react';
import { Header, Menu as AriaMenu, MenuItem as AriaMenuItem, MenuSection, MenuTrigger, Popover } from 'react-aria-components';
import { classNames } from './class-names.ts';
import { useOpenAtOnce } from './lazy-overlay.tsx';
import type { MenuItem, MenuProps } from './menu.tsx';
import './overlay.css';

/** The menu with its button, once it is wanted. */
export function MenuOverlay({ trigger, label, groups, onAction, placement = 'bottom end' }: MenuProps): ReactNode {
  const disabled = groups.flatMap((group) => group.items.filter((item) => item.isDisabled === true).map((item) => item.id));
  const { isOpen, setOpen, place } = useOpenAtOnce();
  return (
    <MenuTrigger isOpen={isOpen} onOpenChange={setOpen}>
      <span className="rc-overlay-place" ref={place}>
        {trigger}
      </span>
      <Popover className="rc-popover" placement={placement} offset={4}>
        <AriaMenu className="rc-menu" aria-label={label} onAction={(key) => onAction(String(key))} disabledKeys={disabled}>
          {groups.map((group) => (
            // One name for a group and an item would make the group its own child, and the browser render it for ever.
            <MenuSection key={group.id} id={`group:${group.id}`} className="rc-menu-section" aria-label={group.heading ?? label}>
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
