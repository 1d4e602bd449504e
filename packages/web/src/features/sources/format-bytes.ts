const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/** "12 MB" in the reader's language. */
export function formatBytes(language: string, bytes: number): string {
  const power = Math.min(units.length - 1, bytes < 1 ? 0 : Math.floor(Math.log(bytes) / Math.log(1000)));
  return new Intl.NumberFormat(language, { style: 'unit', unit: units[power] ?? 'byte', unitDisplay: 'short', maximumFractionDigits: 1 }).format(bytes / 1000 ** power);
}
