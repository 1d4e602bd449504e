import type { RouteAnswer, routes } from '@rollcall/contract';

export type Source = RouteAnswer<typeof routes.sources.get>;

/** What a form about an organisation source holds while it is filled in. */
export interface SourceDraft {
  readonly name: string;
  readonly keyOwner: string;
  readonly keyExpiresOn: string | null;
  readonly readOnly: boolean;
  readonly timeZone: string;
  /** Id of an entry of `syncEvery`. */
  readonly syncEveryMinutes: number | null;
  /** NaN: as the workspace's settings say. */
  readonly staleAfterHours: number;
  /** NaN: Rollcall's own careful limit. */
  readonly requestsPerMinute: number;
}

export const newDraft: SourceDraft = {
  name: '', keyOwner: '', keyExpiresOn: null, readOnly: false, timeZone: 'UTC', syncEveryMinutes: 1_440, staleAfterHours: Number.NaN, requestsPerMinute: Number.NaN,
};

export function draftOf(source: Source): SourceDraft {
  return {
    name: source.name, keyOwner: source.keyOwner ?? '', keyExpiresOn: source.keyExpiresOn, readOnly: source.readOnly, timeZone: source.timeZone,
    syncEveryMinutes: source.syncEveryMinutes, staleAfterHours: source.staleAfterHours, requestsPerMinute: source.requestsPerMinute ?? Number.NaN,
  };
}

/** As the API takes it. An empty limit of requests is Rollcall's own; empty hours are left out: the workspace's for a new source, and no change of another. */
export function toBody(draft: SourceDraft) {
  const { keyOwner, requestsPerMinute, staleAfterHours, ...rest } = draft;
  const hours = Number.isNaN(staleAfterHours) ? {} : { staleAfterHours };
  return { ...rest, ...hours, name: draft.name.trim(), keyOwner: keyOwner.trim() === '' ? null : keyOwner.trim(), requestsPerMinute: Number.isNaN(requestsPerMinute) ? null : requestsPerMinute };
}
