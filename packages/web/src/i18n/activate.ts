import { i18n } from '@lingui/core';
import type { Messages } from '@lingui/core';
import { rememberLanguage } from './language.ts';
import type { Language } from './language.ts';

const catalogues: Readonly<Record<Language, () => Promise<{ readonly messages: Messages }>>> = {
  en: () => import('../locales/en.po'),
  ja: () => import('../locales/ja.po'),
};

/** Loads a language's words (one request, once) and shows everything in it. */
export async function activateLanguage(language: Language): Promise<void> {
  const { messages } = await catalogues[language]();
  i18n.loadAndActivate({ locale: language, messages });
  document.documentElement.lang = language;
}

/** Changes the language and remembers it for the next visit. */
export async function chooseLanguage(language: Language): Promise<void> {
  await activateLanguage(language);
  rememberLanguage(language);
}
