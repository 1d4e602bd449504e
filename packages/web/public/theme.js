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
