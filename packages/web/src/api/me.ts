import { useSuspenseQuery } from '@tanstack/react-query';
import { routes } from '@rollcall/contract';
import type { Permission, RouteAnswer } from '@rollcall/contract';
import { readOptions } from './hooks.ts';

export type Me = RouteAnswer<typeof routes.session.me>;

export const meOptions = readOptions(routes.session.me, {});

/** Who is signed in. The shell has read it before any screen renders. */
export function useMe(): Me {
  return useSuspenseQuery(meOptions).data;
}

/** Whether the person may do this; the server decides again. */
export function useMay(permission: Permission): boolean {
  return useMe().permissions.includes(permission);
}

/** Whether the person may do this for the whole workspace: what belongs to no single source or site is not for those who are limited to some. */
export function useMayForAll(permission: Permission): boolean {
  const { permissions, sourceIds, sites } = useMe();
  return permissions.includes(permission) && sourceIds === null && sites === null;
}
