export type { CompileContext, Coverage, ReadIn } from './compile-context.ts';
export { compileMatchedAccess, compileQuery } from './compile.ts';
export type { CompiledQuery } from './compile.ts';
export { accessFactColumns, accessFacts, daysOfMonth, loadAccountFacts, type AccessFactColumn } from './load-account-facts.ts';
export { contextOf, loadCompileContext, type AskedContext, type Question } from './load-context.ts';
export { readLists, type WorkspaceLists } from './read-lists.ts';
export { isWithinSmallGroup } from './small-group.ts';
export { exists as accessExists, usageClasses } from './usage-classes.ts';
export { render } from './condition.ts';
