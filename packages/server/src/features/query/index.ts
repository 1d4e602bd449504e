export type { CompileContext, Coverage, ReadIn } from './compile-context.ts';
export { compileMatchedAccess, compileQuery } from './compile.ts';
export type { CompiledQuery } from './compile.ts';
export { accessFacts, daysOfMonth, loadAccountFacts } from './load-account-facts.ts';
export { loadCompileContext, type AskedContext, type Question } from './load-context.ts';
export { exists as accessExists, usageClasses } from './usage-classes.ts';
export { render } from './condition.ts';
