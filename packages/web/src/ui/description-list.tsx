import type { ReactNode } from 'react';
import './display.css';

export interface Fact {
  readonly label: string;
  readonly value: ReactNode;
}

export interface DescriptionListProps {
  readonly facts: readonly Fact[];
}

/** Facts about one thing: name and value in two columns, below each other on a phone. */
export function DescriptionList({ facts }: DescriptionListProps): ReactNode {
  return (
    <dl className="rc-facts">
      {facts.map((fact) => [<dt key={`${fact.label}-name`}>{fact.label}</dt>, <dd key={`${fact.label}-value`}>{fact.value}</dd>])}
    </dl>
  );
}
