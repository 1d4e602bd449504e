import type { Plugin } from 'vite';

const icons = String.raw`lucide-react/dist/esm`;
const aria = [
  'react-aria-components/dist/private/(?:utils|Autocomplete|Button|FieldError|Form|Group|Input|Label|OverlayArrow|ProgressBar|SearchField|Text|Tooltip)\\.',
  'react-aria/dist/private/(?:autocomplete|button/useButton|collections/Hidden|focus/(?:useFocusRing|virtualFocus)|form|intl/(?:autocomplete|searchfield)|label|live-announcer|progress|searchfield|ssr|textfield/useTextField|tooltip)',
  'react-aria/dist/private/i18n/(?:utils|useDefaultLocale|I18nProvider|useNumberFormatter|useLocalizedStringFormatter)',
  'react-aria/dist/private/interactions/(?!useLongPress|useInteractOutside|PressResponder|useContextMenu|useScrollWheel)',
  'react-aria/dist/private/overlays/(?:calculatePosition|useCloseOnScroll|useOverlayPosition|PortalProvider|useModal\\.)',
  'react-aria/dist/private/utils/(?:animation|chain|constants|domHelpers|filterDOMProps|focusWithoutScrolling|getMetaValue|getNonce|is[EFV]|keyboard|merge|openLink|platform|runAfterTransition|shadowdom/DOM|use(?:EffectEvent|Event|FormReset|GlobalListeners|Id|Labels|LayoutEffect|ObjectRef|ResizeObserver|SyncRef|ValueEffect))',
  'react-stately/dist/private/(?:autocomplete|flags|form|overlays|searchfield|tooltip|utils)/',
  '@internationalized/(?:string/|number/dist/private/NumberFormatter)',
].join('|');
const ours = [
  'web/src/(?:api|i18n)/',
  'web/src/app/(?:chosen-source|navigation|shell-route|error-screen|not-found-screen|root-route|theme|shell/(?!pause-dialog))',
  'web/src/ui/(?:avatar|banner|button|class-names|drawer|empty-state|filter-chip|flag|icon-button|aria-language|anchored-popover|popover|layout|lazy-overlay|link|lozenge|menu|multi-select|page|section-message|search-field|skeleton|spinner|toolbar|tooltip)\\.',
  'web/src/ui/virtual-grid/',
  'web/src/words/(?:accounts|actions|problems|refusals|titled-problems|usage)\\.',
  'web/src/features/inventory/(?:field-words|filters|inventory-search|narrowing|period-names|usage-mark|view-names)\\.',
  'core/src/(?:apps|civil-date|period|usage)\\.',
  'core/src/query/(?:filters|relative-date|ast|fields|normalise|bind-access|limits|term|parse|parse-term|parse-condition|expectation|token-reader|tokens|print)\\.',
  'contract/src/',
].join('|');

/**
 * What a first visit to the inventory loads anyway, in one chunk: left to itself it comes in seventy small ones, which compress a fifth worse. A module that is
 * missing here is only loaded in a chunk of its own; one too many is loaded early. `packages/web/test/browser/shell.test.ts` measures the whole.
 */
export const firstVisit = new RegExp(`/node_modules/(?:${icons}|@lingui/|${aria}|zod/)|/packages/(?:${ours})`, 'u');

/** The contract's routes carry texts for the API's reference, which the browser never reads: there they are empty. */
export function leaveOutReference(): Plugin {
  return {
    name: 'rollcall:leave-out-reference',
    enforce: 'pre',
    transform(code, id) {
      if (!/\/packages\/contract\/src\/routes\/[\w-]+\.ts$/u.test(id)) return null;
      return { code: code.replaceAll(/\b(summary|description): '(?:[^'\\\n]|\\.)*'/gu, "$1: ''"), map: null };
    },
  };
}
