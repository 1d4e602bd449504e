const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** `3 Jan 2024`: the current users export, without zero padding. */
export function shortDate(epochSeconds: number): string {
  const date = new Date(epochSeconds * 1000);
  return `${date.getUTCDate()} ${months[date.getUTCMonth()] ?? ''} ${date.getUTCFullYear()}`;
}

/** `14 Dec 2012 15:31:57`: the oldest export. */
export function longDate(epochSeconds: number): string {
  return `${shortDate(epochSeconds)} ${new Date(epochSeconds * 1000).toISOString().slice(11, 19)}`;
}

/** `2024-01-03`: the managed accounts export. */
export function isoDate(epochSeconds: number): string {
  return new Date(epochSeconds * 1000).toISOString().slice(0, 10);
}
