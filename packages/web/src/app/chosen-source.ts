import { useSyncExternalStore } from 'react';

const storageKey = 'rollcall.source';
const listeners = new Set<() => void>();

function read(): string | null {
  return localStorage.getItem(storageKey);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    removeEventListener('storage', listener);
  };
}

/** Chooses the source that screens start from; null is all sources. Remembered, and followed by other tabs. */
export function chooseSource(sourceId: string | null): void {
  if (sourceId === null) localStorage.removeItem(storageKey);
  else localStorage.setItem(storageKey, sourceId);
  for (const listener of listeners) listener();
}

/** Id of the chosen source, null for all. It may have been removed meanwhile: compare with the list. */
export function useChosenSource(): string | null {
  return useSyncExternalStore(subscribe, read);
}
