import { relative } from 'node:path';
import { createCompiledCatalog, getCatalogForFile, getCatalogs } from '@lingui/cli/api';
import { getConfig } from '@lingui/conf';
import type { Plugin } from 'vite';

/** Where the words of a first visit stand: the shell, the component kit, the inventory. */
const firstOrigin = /^src\/(?:app|api|i18n|ui|features\/inventory)\/|^src\/words\/(?:accounts|actions|problems|query-errors|usage)\.ts/;

/**
 * A catalogue in two parts, `en.po?part=first` and `en.po?part=rest`: a first visit to the inventory does not load the words of
 * every other screen. A message that stands in both places is in the first part.
 */
export function catalogueParts(): Plugin {
  const config = getConfig({ cwd: import.meta.dirname });
  return {
    name: 'rollcall:catalogue-parts',
    enforce: 'pre',
    async load(id) {
      const [, file, part] = /^(.*\.po)\?part=(first|rest)$/.exec(id) ?? [];
      if (file === undefined) return null;
      this.addWatchFile(file);
      const found = getCatalogForFile(relative(config.rootDir, file), await getCatalogs(config));
      const written = found === null ? undefined : await found.catalog.read(found.locale);
      if (found === null || written === undefined) throw new Error(`${file} is no catalogue of lingui.config.ts.`);
      const isFirst = (message: string): boolean => (written[message]?.origin ?? []).some(([origin]) => firstOrigin.test(origin));
      const { messages } = await found.catalog.getTranslations(found.locale, { sourceLocale: config.sourceLocale, fallbackLocales: config.fallbackLocales });
      const chosen = Object.fromEntries(Object.entries(messages).filter(([message]) => isFirst(message) === (part === 'first')));
      const { source, errors } = createCompiledCatalog(found.locale, chosen, { namespace: 'es' });
      if (errors.length > 0) throw new Error(`${file}: ${errors.map(({ error }) => error.message).join('; ')}`);
      return { code: source, moduleType: 'js' };
    },
  };
}
