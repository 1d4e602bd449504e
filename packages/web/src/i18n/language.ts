/** The languages Rollcall speaks. */
export const languages = ['en', 'ja'] as const;
export type Language = (typeof languages)[number];

/** Names in their own language: whoever is lost in another one can still find theirs. */
export const languageNames: Readonly<Record<Language, string>> = { en: 'English', ja: '日本語' };

const storageKey = 'rollcall.language';

export function isLanguage(text: string | null | undefined): text is Language {
  return languages.some((language) => language === text);
}

/** The first of these (BCP 47 tags, best first) we speak; English if none. */
export function bestLanguage(wanted: readonly string[]): Language {
  const spoken = wanted.map((tag) => tag.split('-')[0]?.toLowerCase()).find(isLanguage);
  return spoken ?? 'en';
}

/** What the reader chose here before, else what the browser asks for. */
export function rememberedLanguage(): Language {
  const stored = localStorage.getItem(storageKey);
  return isLanguage(stored) ? stored : bestLanguage(navigator.languages);
}

export function rememberLanguage(language: Language): void {
  localStorage.setItem(storageKey, language);
}
