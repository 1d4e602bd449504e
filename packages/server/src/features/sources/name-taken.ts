import { RequestProblem } from '../../app/problem.ts';

/** Does a write; says so plainly when another source of the workspace has the name already. */
export async function nameTaken<T>(name: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (!(error instanceof Error && 'constraint' in error && error.constraint === 'source_name')) throw error;
    throw new RequestProblem({ code: 'conflict', title: 'Name in use', detail: `Another source is called "${name}" already. Choose another name.`, fields: [{ path: 'name', message: 'In use already' }] }, { cause: error });
  }
}
