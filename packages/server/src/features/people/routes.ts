import { sessionRoutes } from '@rollcall/contract';
import type { Dependencies } from '../../app/dependencies.ts';
import { RequestProblem } from '../../app/problem.ts';
import { handler } from '../../http/handler.ts';
import type { Handler } from '../../http/handler.ts';
import { changeAccess, removePerson } from './change-people.ts';
import { acceptInvitation, invite } from './invitations.ts';
import { readMe } from './me.ts';
import { listPeople } from './people-read-model.ts';
import { makeFirstAdministrator } from './setup.ts';
import { createToken, listTokens, revokeToken } from './tokens.ts';

export function peopleHandlers(deps: Dependencies): readonly Handler[] {
  const secretAnswer = { secretAnswer: true };
  return [
    handler(sessionRoutes.me, ({ scope }) => readMe(deps, scope)),
    handler(sessionRoutes.firstAdministrator, ({ body }) => makeFirstAdministrator(deps, body)),
    handler(sessionRoutes.acceptInvitation, ({ body }) => acceptInvitation(deps, body)),
    handler(sessionRoutes.people, async ({ scope }) => ({ items: await listPeople(deps.db, scope) })),
    handler(sessionRoutes.invite, async ({ scope, body, publicUrl }) => {
      const { id, token } = await invite(deps, scope, body);
      return { id, link: `${publicUrl}/invitation?token=${token}` };
    }, secretAnswer),
    handler(sessionRoutes.changePerson, async ({ scope, params, body }) => {
      await changeAccess(deps, scope, params.personId, body);
      const changed = (await listPeople(deps.db, scope)).find((one) => one.id === params.personId);
      if (changed === undefined) throw new RequestProblem({ code: 'notFound', title: 'No such person', detail: 'The person was removed in the meantime.' });
      return changed;
    }),
    handler(sessionRoutes.removePerson, async ({ scope, params }) => {
      await removePerson(deps, scope, params.personId);
      return undefined;
    }),
    handler(sessionRoutes.tokens, async ({ scope }) => ({ items: await listTokens(deps, scope) })),
    handler(sessionRoutes.createToken, ({ scope, body }) => createToken(deps, scope, body), secretAnswer),
    handler(sessionRoutes.revokeToken, async ({ scope, params }) => {
      await revokeToken(deps, scope, params.tokenId);
      return undefined;
    }),
  ];
}
