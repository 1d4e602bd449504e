export { useAuthProblem } from './use-auth-problem.ts';
export { signInRoutes } from './routes.ts';
