import { z } from 'zod';

const named = z.record(z.string(), z.string()).default({});
const schema = z.object({ name: z.string(), dependencies: named, devDependencies: named, optionalDependencies: named, peerDependencies: named });

/** The rule table of one package: its package.json. */
export interface Manifest {
  readonly name: string;
  /** Folder from the root of the repository; empty for the root itself. */
  readonly folder: string;
  /** What the shipped code may import. */
  readonly shipped: ReadonlySet<string>;
  /** What tests and tool configuration may import besides. */
  readonly development: ReadonlySet<string>;
}

export function readManifest(folder: string, json: string): Manifest {
  const { name, dependencies, devDependencies, optionalDependencies, peerDependencies } = schema.parse(JSON.parse(json));
  return {
    name,
    folder,
    shipped: new Set([...Object.keys(dependencies), ...Object.keys(optionalDependencies), ...Object.keys(peerDependencies)]),
    development: new Set(Object.keys(devDependencies)),
  };
}
