import type { Operation } from './call.ts';

/** An operation and the values of its path's `{names}`. */
export type Match = { readonly operation: Operation; readonly params: Readonly<Record<string, string>> };

/** What a path is: an operation, one under another method, or nothing. */
export type Routed = Match | 'methodNotAllowed' | undefined;

type Node = { readonly children: Map<string, Node>; wildcard: { readonly name: string; readonly node: Node } | undefined; readonly byMethod: Map<string, Operation> };

function createNode(): Node {
  return { children: new Map(), wildcard: undefined, byMethod: new Map() };
}

function grow(root: Node, operation: Operation): void {
  const path = operation.family === 'management' ? operation.path : `/admin${operation.path}`;
  let node = root;
  for (const segment of path.split('/').slice(1)) {
    const name = /^\{(.+)\}$/.exec(segment)?.[1];
    if (name === undefined) {
      const child = node.children.get(segment) ?? createNode();
      node.children.set(segment, child);
      node = child;
    } else {
      node.wildcard ??= { name, node: createNode() };
      node = node.wildcard.node;
    }
  }
  node.byMethod.set(operation.method, operation);
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** A router over the operations; parameter names are those of the matching operation's own template. */
export function createRouter(operations: readonly Operation[]): (method: string, path: string) => Routed {
  const root = createNode();
  for (const operation of operations) grow(root, operation);
  return (method, path) => {
    const values: string[] = [];
    let node: Node | undefined = root;
    for (const segment of path.split('/').slice(1)) {
      const fixed: Node | undefined = node.children.get(segment);
      const wildcard: Node['wildcard'] = node.wildcard;
      if (fixed === undefined && wildcard !== undefined && segment !== '') values.push(decode(segment));
      node = fixed ?? (segment === '' ? undefined : wildcard?.node);
      if (node === undefined) return undefined;
    }
    const operation = node.byMethod.get(method);
    if (operation === undefined) return node.byMethod.size > 0 ? 'methodNotAllowed' : undefined;
    const names = [...operation.path.matchAll(/\{(\w+)\}/g)].map((found) => found[1] ?? '');
    return { operation, params: Object.fromEntries(names.map((name, at) => [name, values[at] ?? ''])) };
  };
}
