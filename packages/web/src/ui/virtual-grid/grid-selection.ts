/** Rows chosen one by one, or everything that matches the query but some: the latter is never expanded to ids in the browser. */
export type GridSelection =
  | { readonly mode: 'some'; readonly ids: ReadonlySet<string> }
  | { readonly mode: 'allMatching'; readonly except: ReadonlySet<string> };

export const emptySelection: GridSelection = { mode: 'some', ids: new Set() };
export const allMatchingSelection: GridSelection = { mode: 'allMatching', except: new Set() };

export function isRowSelected(selection: GridSelection, id: string): boolean {
  return selection.mode === 'some' ? selection.ids.has(id) : !selection.except.has(id);
}

/** Rows selected; null when everything matching is and the total is not known. */
export function selectionCount(selection: GridSelection, total: number | null): number | null {
  if (selection.mode === 'some') return selection.ids.size;
  return total === null ? null : Math.max(0, total - selection.except.size);
}

/** The selection with these rows added or taken out. */
export function withRows(selection: GridSelection, ids: readonly string[], isSelected: boolean): GridSelection {
  const set = new Set(selection.mode === 'some' ? selection.ids : selection.except);
  for (const id of ids) {
    if ((selection.mode === 'some') === isSelected) set.add(id);
    else set.delete(id);
  }
  return selection.mode === 'some' ? { mode: 'some', ids: set } : { mode: 'allMatching', except: set };
}
