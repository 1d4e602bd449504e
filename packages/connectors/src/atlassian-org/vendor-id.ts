import type { VendorId } from '@rollcall/core';

/** Marks an id as the vendor's: kept as given. */
export function asVendorId(id: string): VendorId {
  // The only way to the brand: the text came out of a parsed answer of the vendor.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a brand has no value to check
  return id as VendorId;
}
