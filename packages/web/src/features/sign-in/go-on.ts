/** Leaves for a screen with a full load, so that nothing read without a session stays. Only paths of ours are followed. */
export function goOn(next: string | undefined): void {
  const isOurs = next?.startsWith('/') === true && !next.startsWith('//') && !next.includes('\\');
  location.assign(isOurs ? next : '/');
}
