/**
 * Chromium clamps an element at 33,554,428 px, so a list of a million rows cannot be as tall as it is. The scrolled
 * surface stays below `maxSurfacePx`; small movements are taken as they are, large ones (a dragged scrollbar) in proportion.
 */
export const maxSurfacePx = 8_000_000;

export interface ScrollGeometry {
  readonly rowCount: number;
  readonly rowHeightPx: number;
  readonly viewportPx: number;
}

/** `surface` is the element's scrollTop, `list` the place in the whole list; both in px. Rows are drawn at `list - surface` less. */
export interface ScrollPlace {
  readonly surface: number;
  readonly list: number;
}

export function listHeight({ rowCount, rowHeightPx }: ScrollGeometry): number {
  return rowCount * rowHeightPx;
}

export function surfaceHeight(geometry: ScrollGeometry): number {
  return Math.min(listHeight(geometry), maxSurfacePx);
}

function clamp(value: number, geometry: ScrollGeometry): number {
  return Math.max(0, Math.min(value, listHeight(geometry) - geometry.viewportPx));
}

/** The new place after the browser scrolled the surface to `surface`. */
export function scrolledTo(geometry: ScrollGeometry, before: ScrollPlace, surface: number): ScrollPlace {
  if (listHeight(geometry) <= maxSurfacePx) return { surface, list: surface };
  const moved = surface - before.surface;
  if (Math.abs(moved) < geometry.viewportPx * 2) return { surface, list: clamp(before.list + moved, geometry) };
  const share = surface / (surfaceHeight(geometry) - geometry.viewportPx);
  return { surface, list: clamp(share * (listHeight(geometry) - geometry.viewportPx), geometry) };
}

/** The same place in the list with the scrollbar where it belongs: used when scrolling rests and when jumping to a row. */
export function placeAt(geometry: ScrollGeometry, list: number): ScrollPlace {
  const inside = clamp(list, geometry);
  if (listHeight(geometry) <= maxSurfacePx) return { surface: inside, list: inside };
  const share = inside / (listHeight(geometry) - geometry.viewportPx);
  return { surface: Math.round(share * (surfaceHeight(geometry) - geometry.viewportPx)), list: inside };
}
