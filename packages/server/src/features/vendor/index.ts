export { apiKeyField, createVendors } from './create-vendors.ts';
export type { Vendors } from './create-vendors.ts';
export type { OpenVendor, TryVendor, Vendor, VendorSource } from './vendor.ts';
export { sleepUnlessAborted } from './sleep.ts';
