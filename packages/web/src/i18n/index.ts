export { activateLanguage, chooseLanguage, loadAllWords } from './activate.ts';
export { formatCivilDate, formatDuration, formatInstant, formatMoney, formatNumber, formatPercent, formatRelative } from './format.ts';
export type { DateStyle } from './format.ts';
export { CivilDate, Duration, FormattedNumber, Instant, Money, Percent, RelativeTime } from './formatted.tsx';
export { LanguageProvider } from './language-provider.tsx';
export { bestLanguage, isLanguage, languageNames, languages, rememberedLanguage } from './language.ts';
export type { Language } from './language.ts';
