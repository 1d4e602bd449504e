export { postgresBudgets } from './postgres-budgets.ts';
