import { i18n } from '@lingui/core';
import type { Messages } from '@lingui/core';
import { rememberLanguage } from './language.ts';
import type { Language } from './language.ts';

type Load = () => Promise<{ readonly messages: Messages }>;

/** The words of the shell and the inventory come first; those of all other screens when the first of these is opened. */
const catalogues: Readonly<Record<Language, { readonly first: Load; readonly rest: Load }>> = {
  en: { first: () => import('../locales/en.po?part=first'), rest: () => import('../locales/en.po?part=rest') },
  ja: { first: () => import('../locales/ja.po?part=first'), rest: () => import('../locales/ja.po?part=rest') },
};

let shown: Language = 'en';
let isRestWanted = false;
let restOf: Language | null = null;

/** Loads a language's words (each part once) and shows everything in it. */
export async function activateLanguage(language: Language): Promise<void> {
  const { first, rest } = catalogues[language];
  const parts = await Promise.all(isRestWanted ? [first(), rest()] : [first()]);
  if (isRestWanted) restOf = language;
  shown = language;
  i18n.loadAndActivate({ locale: language, messages: Object.fromEntries(parts.flatMap(({ messages }) => Object.entries(messages))) });
  document.documentElement.lang = language;
}

/** To be awaited before anything outside the shell and the inventory is shown. */
export async function loadAllWords(): Promise<void> {
  isRestWanted = true;
  const language = shown;
  if (restOf === language) return;
  const { messages } = await catalogues[language].rest();
  restOf = language;
  i18n.load(language, messages);
}

/** Changes the language and remembers it for the next visit. */
export async function chooseLanguage(language: Language): Promise<void> {
  await activateLanguage(language);
  rememberLanguage(language);
}
