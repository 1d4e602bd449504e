import type { ReactNode } from 'react';
import { I18nProvider } from 'react-aria-components';

const regions: Readonly<Record<string, string>> = { en: 'en-US', ja: 'ja-JP' };

/** Tells the component kit the language. English dates and numbers follow the browser's own English (en-GB: day first). */
export function AriaLanguage({ language, children }: { readonly language: string; readonly children: ReactNode }): ReactNode {
  const own = navigator.languages.find((tag) => tag.startsWith(`${language}-`));
  return <I18nProvider locale={own ?? regions[language] ?? language}>{children}</I18nProvider>;
}
