import type { MemberExpression, Program, StaticExport } from 'oxc-parser';
import { parseSync, Visitor } from 'oxc-parser';

export interface Import {
  readonly specifier: string;
  readonly line: number;
  /** `import type …`, `export type … from`, or every name marked `type`: gone when the program runs. */
  readonly typeOnly: boolean;
  readonly dynamic: boolean;
}

/** A use of something a rule may forbid, as dotted text: `process.env`, `fetch()`, `Date.now`, `new Date()`. */
export interface Use {
  readonly what: string;
  readonly line: number;
}

/** What the rules need to know of one source file; comments and strings are never mistaken for code. */
export interface SourceFile {
  /** From the root of the repository, with forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly lineCount: number;
  readonly imports: readonly Import[];
  readonly uses: readonly Use[];
  readonly hasDefaultExport: boolean;
}

const globals = new Set(['globalThis', 'window', 'self']);

function memberText(node: MemberExpression): string | undefined {
  const { object, property } = node;
  let name: string | undefined;
  if (property.type === 'Identifier' && !node.computed) name = property.name;
  else if (property.type === 'Literal' && typeof property.value === 'string') name = property.value;
  if (name === undefined) return undefined;
  if (object.type === 'Identifier') return globals.has(object.name) ? name : `${object.name}.${name}`;
  if (object.type !== 'MemberExpression') return undefined;
  const before = memberText(object);
  return before === undefined ? undefined : `${before}.${name}`;
}

function usesOf(program: Program, lineAt: (offset: number) => number): Use[] {
  const uses: Use[] = [];
  const note = (what: string, start: number): void => void uses.push({ what, line: lineAt(start) });
  new Visitor({
    MemberExpression(node) {
      const text = memberText(node);
      if (text !== undefined) note(text, node.start);
    },
    CallExpression(node) {
      const { callee } = node;
      if (callee.type === 'Identifier') note(`${callee.name}()`, node.start);
    },
    NewExpression(node) {
      if (node.callee.type === 'Identifier') note(`new ${node.callee.name}(${node.arguments.length === 0 ? '' : '…'})`, node.start);
    },
    VariableDeclarator(node) {
      // `const { env } = process` reads it as much as `process.env` does.
      if (node.init?.type !== 'Identifier' || node.id.type !== 'ObjectPattern') return;
      for (const property of node.id.properties) {
        if (property.type === 'Property' && property.key.type === 'Identifier') note(`${node.init.name}.${property.key.name}`, node.start);
      }
    },
  }).visit(program);
  return uses;
}

/** `export default …` and `export { a as default }`. */
function isDefaultExport(text: string, { start, end, entries }: StaticExport): boolean {
  return /^export\s+default\b/u.test(text.slice(start, end)) || entries.some(({ exportName }) => exportName.name === 'default');
}

/** Parses one file. @throws Error when it is not valid TypeScript or JavaScript */
export function readSource(path: string, text: string): SourceFile {
  const { program, module, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path} cannot be parsed: ${errors.map((error) => error.message).join('; ')}`);
  const newlines = [...text.matchAll(/\n/gu)].map((match) => match.index);
  const lineAt = (offset: number): number => newlines.filter((position) => position < offset).length + 1;
  const statics = module.staticImports.map((one) => ({
    specifier: one.moduleRequest.value,
    line: lineAt(one.start),
    typeOnly: one.entries.length > 0 && one.entries.every((entry) => entry.isType),
    dynamic: false,
  }));
  const reexports = module.staticExports.flatMap((one) =>
    one.entries.flatMap((entry) => (entry.moduleRequest ? [{ specifier: entry.moduleRequest.value, line: lineAt(one.start), typeOnly: entry.isType, dynamic: false }] : [])),
  );
  const dynamics = module.dynamicImports.flatMap((one) => {
    const literal = /^(['"`])([^$]*)\1$/u.exec(text.slice(one.moduleRequest.start, one.moduleRequest.end));
    return literal?.[2] === undefined ? [] : [{ specifier: literal[2], line: lineAt(one.start), typeOnly: false, dynamic: true }];
  });
  return {
    path,
    text,
    lineCount: text.endsWith('\n') ? newlines.length : newlines.length + 1,
    imports: [...statics, ...reexports, ...dynamics],
    uses: usesOf(program, lineAt),
    hasDefaultExport: module.staticExports.some((one) => isDefaultExport(text, one)),
  };
}
