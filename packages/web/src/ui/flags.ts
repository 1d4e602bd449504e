export type FlagTone = 'success' | 'error' | 'warning' | 'info';

export interface Flag {
  readonly id: number;
  readonly tone: FlagTone;
  readonly title: string;
  readonly description?: string | undefined;
}

let flags: readonly Flag[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

function publish(next: readonly Flag[]): void {
  flags = next;
  for (const listener of listeners) listener();
}

/**
 * Shows a short answer in the corner. Success and information go by themselves after 8 s; warnings and errors stay until
 * dismissed, because nothing may be lost by looking away. At most four are kept.
 */
export function showFlag(flag: Omit<Flag, 'id'>): void {
  lastId += 1;
  const id = lastId;
  publish([...flags.slice(-3), { ...flag, id }]);
  if (flag.tone === 'success' || flag.tone === 'info') setTimeout(() => dismissFlag(id), 8000);
}

export function dismissFlag(id: number): void {
  publish(flags.filter((flag) => flag.id !== id));
}

export const flagStore = {
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  read: (): readonly Flag[] => flags,
};
