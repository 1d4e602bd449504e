export { askInventory, readQuery } from './ask.ts';
export type { AskedInventory, InventoryQuestion, ResolvedPeriod } from './ask.ts';
export { cellsOf, isExempt, readInventoryRows } from './account-rows.ts';
export { inventoryColumns } from './columns.ts';
export { readAccessesOf } from './read-accesses.ts';
export { readTotals } from './totals.ts';
export { inventoryHandlers } from './routes.ts';
export { allowedResources } from './values.ts';
export { withinLimits } from './visible-accounts.ts';
