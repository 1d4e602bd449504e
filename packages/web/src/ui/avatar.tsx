import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import './display.css';

export interface AvatarProps {
  readonly name: string;
  readonly size?: 'small' | 'medium' | 'large';
  /** Square for apps and service accounts, as Atlassian draws them. */
  readonly isSquare?: boolean;
}

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** First letters of the first and last word; one character for names written without spaces (山田太郎 → 山). */
function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/u).filter((word) => word !== '');
  const first = (word: string | undefined): string => (word === undefined ? '' : ([...segmenter.segment(word)][0]?.segment ?? ''));
  const last = words.length > 1 ? first(words.at(-1)) : '';
  return `${first(words[0])}${last}`.toLocaleUpperCase();
}

function colourOf(name: string): number {
  let sum = 0;
  for (const character of name) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 6000;
  return sum % 6;
}

/** Initials on a colour made from the name. Decoration: the name stands beside it. */
export function Avatar({ name, size = 'small', isSquare = false }: AvatarProps): ReactNode {
  // Drawn by CSS: as text it would count as part of the name of a button it stands in.
  return (
    <span
      className={classNames('rc-avatar', `rc-avatar-${size}`, `rc-avatar-${colourOf(name)}`, isSquare && 'rc-avatar-square')}
      data-initials={initialsOf(name) || '?'}
      aria-hidden
    />
  );
}
