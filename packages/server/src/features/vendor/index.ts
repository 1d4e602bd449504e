export type { OpenVendor, TryVendor, Vendor, VendorSource } from './vendor.ts';
