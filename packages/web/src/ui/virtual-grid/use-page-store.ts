import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { GridSource } from './grid-source.ts';
import { PageStore } from './page-store.ts';

/** The page store of a source; another `key` gets another store, and what the old one still reads is aborted. */
export function usePageStore<Row>(source: GridSource<Row>): PageStore<Row> {
  const latest = useRef(source);
  const [held, setHeld] = useState(() => ({ key: source.key, store: new PageStore<Row>(() => latest.current) }));
  let { store } = held;
  if (held.key !== source.key) {
    latest.current = source;
    store = new PageStore<Row>(() => latest.current);
    setHeld({ key: source.key, store });
  }
  useEffect(() => {
    latest.current = source;
  });
  useSyncExternalStore(store.subscribe, store.version);
  const { revision } = source;
  const shown = useRef(revision);
  useEffect(() => {
    if (shown.current === revision) return;
    shown.current = revision;
    store.refresh();
  }, [store, revision]);
  useEffect(() => () => store.close(), [store]);
  return store;
}
