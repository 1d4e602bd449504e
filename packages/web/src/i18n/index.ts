export { activateLanguage, chooseLanguage, loadAllWords } from './activate.ts';
export { formatCivilDate, formatDuration, formatNumber, formatPercent } from './format.ts';
export type { DateStyle } from './format.ts';
export { CivilDate, Duration, FormattedNumber, Instant, RelativeTime } from './formatted.tsx';
export { LanguageProvider } from './language-provider.tsx';
export { isLanguage, languageNames, languages, rememberedLanguage } from './language.ts';
export type { Language } from './language.ts';
