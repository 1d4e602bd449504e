// zod compiles schemas with `new Function`, which the content security policy forbids; even its probe is reported as a violation.
// Said here because it must stand before the first schema is made, in whichever chunk that is.
globalThis.__zod_globalConfig = { jitless: true };

// Before the first paint, so that a dark screen never flashes white. The same rule as src/app/theme.ts.
(() => {
  let choice = 'system';
  try {
    choice = localStorage.getItem('rollcall.theme') ?? 'system';
  } catch {
    // Storage may be blocked; then the machine's choice holds.
  }
  const isDark = choice === 'dark' || (choice !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.colorMode = isDark ? 'dark' : 'light';
})();
