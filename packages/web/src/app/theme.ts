/** `system` follows the machine, also while it changes. */
export const themeChoices = ['light', 'dark', 'system'] as const;
export type ThemeChoice = (typeof themeChoices)[number];

/** Also read by public/theme.js, which sets the theme before the first paint. */
const storageKey = 'rollcall.theme';
const darkQuery = '(prefers-color-scheme: dark)';

function isThemeChoice(text: string | null): text is ThemeChoice {
  return themeChoices.some((choice) => choice === text);
}

export function rememberedTheme(): ThemeChoice {
  const stored = localStorage.getItem(storageKey);
  return isThemeChoice(stored) ? stored : 'system';
}

function show(choice: ThemeChoice): void {
  const isDark = choice === 'dark' || (choice === 'system' && matchMedia(darkQuery).matches);
  document.documentElement.dataset['colorMode'] = isDark ? 'dark' : 'light';
}

/** Shows a theme and remembers it. */
export function chooseTheme(choice: ThemeChoice): void {
  localStorage.setItem(storageKey, choice);
  show(choice);
}

/** Shows the remembered theme and follows the machine where that is chosen. Call once at start. */
export function startTheme(): void {
  show(rememberedTheme());
  matchMedia(darkQuery).addEventListener('change', () => show(rememberedTheme()));
}
