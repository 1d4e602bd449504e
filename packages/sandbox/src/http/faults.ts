/** What goes wrong. The first group happens before the request is handled, the second after it took effect, the third to the pages of a list. */
export type FaultEffect =
  /** Answers this status instead. `html`: the body a proxy sends. */
  | { readonly kind: 'status'; readonly status: number; readonly body?: 'json' | 'html' | 'empty' | { readonly text: string }; readonly headers?: Readonly<Record<string, string>> }
  /** Never answers and does nothing. */
  | { readonly kind: 'timeout' }
  /** Closes the connection and does nothing. */
  | { readonly kind: 'reset' }
  | { readonly kind: 'delay'; readonly ms: number }
  /** The key stops working, from this call on. */
  | { readonly kind: 'revokeKey' }
  /** The account the call is about becomes an organisation administrator / disappears; the group the call is about disappears. */
  | { readonly kind: 'makeOrgAdmin' }
  | { readonly kind: 'deleteUser' }
  | { readonly kind: 'deleteGroup' }
  /** The key's owner is no longer an administrator: 403 from this call on. */
  | { readonly kind: 'loseOrgAdmin' }
  /** Somebody else takes every free seat: from this call on each app has as many seats as are in use. */
  | { readonly kind: 'takeSeats' }
  /** The vendor's clock jumps, from this call on; negative goes back. */
  | { readonly kind: 'clockJump'; readonly byMs: number }
  /** A write is accepted (204) and nothing happens. */
  | { readonly kind: 'ignoreWrite' }
  /** Takes effect; then the connection is closed (`reset`) or nothing is ever said (`silence`). */
  | { readonly kind: 'dropAfterWrite'; readonly how: 'reset' | 'silence' }
  | { readonly kind: 'slowDrip'; readonly chunkBytes: number; readonly everyMs: number }
  /** A body of this many bytes of spaces before the answer, without a stated length. */
  | { readonly kind: 'flood'; readonly bytes: number }
  /** Sends the first share (0 to 1) of the body, then closes the connection. */
  | { readonly kind: 'truncate'; readonly share: number }
  /** A well-formed answer of the wrong shape, or no JSON at all, under status 200. */
  | { readonly kind: 'wrongJson'; readonly text: string }
  /** The next cursor is the one that was asked with. */
  | { readonly kind: 'repeatCursor' }
  /** The list has moved by so many between two pages: positive skips, negative repeats. */
  | { readonly kind: 'shiftPages'; readonly by: number }
  /** The first items come twice within the page. */
  | { readonly kind: 'duplicates'; readonly count: number }
  | { readonly kind: 'emptyPageWithCursor' }
  /** Only this share (0 to 1) of the accounts or groups of a page is shown. */
  | { readonly kind: 'partialRead'; readonly share: number };

const known: Readonly<Record<FaultEffect['kind'], true>> = {
  status: true, timeout: true, reset: true, delay: true, revokeKey: true, makeOrgAdmin: true, deleteUser: true, deleteGroup: true, loseOrgAdmin: true, takeSeats: true,
  clockJump: true, ignoreWrite: true, dropAfterWrite: true, slowDrip: true, flood: true, truncate: true, wrongJson: true, repeatCursor: true, shiftPages: true, duplicates: true,
  emptyPageWithCursor: true, partialRead: true,
};

/** Every kind of fault, so that nobody who lists them can forget one. */
export const faultKinds: readonly string[] = Object.keys(known);

/** When it goes wrong. All given members must hold; `skip` matching calls pass first, then it strikes `times` times (default 1). */
export type Fault = {
  /** Operation name, several, or `*`; see `operations`. */
  readonly operation: string | readonly string[];
  readonly accountId?: string;
  readonly groupId?: string;
  /** Name of the key. */
  readonly key?: string;
  readonly skip?: number;
  /** For ever: a large number (JSON knows no infinity). */
  readonly times?: number;
  readonly effect: FaultEffect;
};

export type FaultSubject = { readonly operation: string; readonly accountId: string | undefined; readonly groupId: string | undefined; readonly key: string };

export type ArmedFault = { readonly id: number; readonly fault: Fault; readonly seen: number; readonly struck: number };

export type Faults = {
  /** Arms a fault and returns its id. */
  add(fault: Fault): number;
  remove(id: number): void;
  clear(): void;
  list(): readonly ArmedFault[];
  /** The effects that strike this call, in the order they were armed; counts it. */
  strike(subject: FaultSubject): readonly FaultEffect[];
};

function concerns(fault: Fault, subject: FaultSubject): boolean {
  const names = typeof fault.operation === 'string' ? [fault.operation] : fault.operation;
  return (names.includes('*') || names.includes(subject.operation))
    && (fault.accountId === undefined || fault.accountId === subject.accountId)
    && (fault.groupId === undefined || fault.groupId === subject.groupId)
    && (fault.key === undefined || fault.key === subject.key);
}

/** The faults of a sandbox, none at first. */
export function createFaults(): Faults {
  let next = 1;
  const armed: { id: number; fault: Fault; seen: number; struck: number }[] = [];
  return {
    add(fault) {
      armed.push({ id: next, fault, seen: 0, struck: 0 });
      next += 1;
      return next - 1;
    },
    remove(id) {
      const at = armed.findIndex((entry) => entry.id === id);
      if (at >= 0) armed.splice(at, 1);
    },
    clear: () => { armed.length = 0; },
    list: () => armed.map((entry) => ({ ...entry })),
    strike(subject) {
      const effects: FaultEffect[] = [];
      for (const entry of armed) {
        if (!concerns(entry.fault, subject)) continue;
        entry.seen += 1;
        if (entry.seen <= (entry.fault.skip ?? 0) || entry.struck >= (entry.fault.times ?? 1)) continue;
        entry.struck += 1;
        effects.push(entry.fault.effect);
      }
      return effects;
    },
  };
}
