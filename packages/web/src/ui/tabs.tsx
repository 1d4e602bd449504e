import type { ReactNode } from 'react';
import { Tab, TabList, TabPanel, Tabs as AriaTabs } from 'react-aria-components';
import './display.css';

export interface TabItem {
  readonly id: string;
  readonly label: ReactNode;
  /** A Badge or count after the label. */
  readonly badge?: ReactNode;
  readonly isDisabled?: boolean;
  readonly content: ReactNode;
}

export interface TabsProps {
  readonly label: string;
  readonly tabs: readonly TabItem[];
  /** Chosen tab, kept by the caller (in the URL) when given. */
  readonly value?: string;
  readonly onChange?: (id: string) => void;
}

/** Parts of one page, one shown at a time; only the chosen part is rendered. */
export function Tabs({ label, tabs, value, onChange }: TabsProps): ReactNode {
  const chosen = value === undefined ? {} : { selectedKey: value };
  return (
    <AriaTabs className="rc-tabs" {...chosen} onSelectionChange={(key) => onChange?.(String(key))}>
      <TabList className="rc-tab-list" aria-label={label}>
        {tabs.map((tab) => (
          <Tab key={tab.id} id={tab.id} className="rc-tab" isDisabled={tab.isDisabled ?? false}>
            {tab.label}
            {tab.badge}
          </Tab>
        ))}
      </TabList>
      {tabs.map((tab) => (
        <TabPanel key={tab.id} id={tab.id} className="rc-tab-panel">
          {tab.content}
        </TabPanel>
      ))}
    </AriaTabs>
  );
}
