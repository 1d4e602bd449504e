import { useState } from 'react';
import type { ReactNode } from 'react';
import { useLingui } from '@lingui/react/macro';
import { Monitor, Moon, Sun, SunMoon } from 'lucide-react';
import { chooseLanguage, isLanguage, languageNames, languages } from '../../i18n/index.ts';
import { IconButton, Menu } from '../../ui/index.ts';
import { chooseTheme, rememberedTheme, themeChoices } from '../theme.ts';

const themeIcons = { light: <Sun aria-hidden />, dark: <Moon aria-hidden />, system: <Monitor aria-hidden /> } as const;

/** Language and theme of this browser. */
export function PreferencesMenu(): ReactNode {
  const { t, i18n } = useLingui();
  const [theme, setTheme] = useState(rememberedTheme);
  const themeNames = { light: t`Light`, dark: t`Dark`, system: t`Like the system` };
  const act = (id: string): void => {
    const chosen = themeChoices.find((choice) => choice === id);
    if (chosen !== undefined) {
      chooseTheme(chosen);
      setTheme(chosen);
    } else if (isLanguage(id)) {
      void chooseLanguage(id);
    }
  };
  return (
    <Menu
      label={t`Language and theme`}
      trigger={<IconButton label={t`Language and theme`} icon={<SunMoon aria-hidden />} />}
      groups={[
        { id: 'language', heading: t`Language`, items: languages.map((language) => ({ id: language, label: languageNames[language], isSelected: i18n.locale === language })) },
        { id: 'theme', heading: t`Theme`, items: themeChoices.map((choice) => ({ id: choice, label: themeNames[choice], icon: themeIcons[choice], isSelected: theme === choice })) },
      ]}
      onAction={act}
    />
  );
}
