export { postgresBudgets } from './postgres-budgets.ts';
export { standInLine } from './stand-in-line.ts';
