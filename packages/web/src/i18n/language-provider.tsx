import type { ReactNode } from 'react';
import { i18n } from '@lingui/core';
import { I18nProvider, useLingui } from '@lingui/react';
import { AriaLanguage } from '../ui/aria-language.tsx';

/** Gives everything below the chosen language: our words, the component kit's, numbers and dates. */
export function LanguageProvider({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <I18nProvider i18n={i18n}>
      <KitLanguage>{children}</KitLanguage>
    </I18nProvider>
  );
}

function KitLanguage({ children }: { readonly children: ReactNode }): ReactNode {
  const lingui = useLingui();
  return <AriaLanguage language={lingui.i18n.locale}>{children}</AriaLanguage>;
}
