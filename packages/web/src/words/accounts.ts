import type { I18n, MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';

export const accountStatusNames: Readonly<Record<string, MessageDescriptor>> = {
  active: msg`Active`,
  suspended: msg`Suspended`,
  deactivated: msg`Deactivated`,
  invited: msg`Invited`,
  not_invited: msg`Not invited`,
  for_deletion: msg`Waits for deletion`,
  unknown: msg`Unknown`,
};

export const accountTypeNames: Readonly<Record<string, MessageDescriptor>> = {
  atlassian: msg`Person`,
  app: msg`App account`,
  customer: msg`Portal customer`,
  unknown: msg`Unknown`,
};

export const claimNames: Readonly<Record<string, MessageDescriptor>> = {
  managed: msg`Managed`,
  unmanaged: msg`External`,
  unknown: msg`Unknown`,
};

/** Why an account is always left alone, after "Protected: …". */
export const protectionNames: Readonly<Record<string, MessageDescriptor>> = {
  platformRole: msg`holds an administrator role of the organisation or a site`,
  adminGroup: msg`is in a group that grants administration`,
  appAccount: msg`is an app account, not a person`,
  customerAccount: msg`is a portal customer and takes no seat`,
  keyOwner: msg`owns the key that Rollcall works with`,
};

export const unknownWhyNames: Readonly<Record<string, MessageDescriptor>> = {
  notRead: msg`the source has not been asked about it yet`,
  notGiven: msg`the source was asked and gave no answer about this app`,
  noAccessColumn: msg`the file does not say who has access`,
  noDate: msg`the file gives no date`,
  unreadableDate: msg`the date in the file cannot be read`,
  ambiguousDate: msg`day and month of the date in the file cannot be told apart`,
  impossibleDate: msg`the date in the file does not exist`,
  futureDate: msg`the date is later than the reading itself`,
};

/** The word for a code, or the code itself when it is one that this version does not know. */
export function wordOr(i18n: I18n, words: Readonly<Record<string, MessageDescriptor>>, code: string): string {
  const word = words[code];
  return word === undefined ? code : i18n._(word);
}
