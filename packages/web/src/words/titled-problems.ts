import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';

/**
 * What to do about refusals that share a code and are told apart by their title, for readers of another language than the server's own sentence.
 * A title that is not here keeps that sentence.
 */
export const titledProblems: Readonly<Record<string, { readonly title: MessageDescriptor; readonly detail: MessageDescriptor }>> = {
  'Name in use': { title: msg`Name in use`, detail: msg`Another source has this name already. Choose another name.` },
  'Already connected': { title: msg`Already connected`, detail: msg`This organisation is connected already. Change that source instead, for example to give it a new key.` },
  'A run is open': { title: msg`A run is open`, detail: msg`A run of this source is open. Cancel it or let it end first.` },
  'Not held': { title: msg`Not held`, detail: msg`Somebody has decided about this reading already. Load the page again.` },
  'Not running': { title: msg`Not running`, detail: msg`This sync is over or waits for a decision. Load the page again.` },
  'Too late': { title: msg`Too late`, detail: msg`Everything is read and is being taken into the inventory. That cannot be cancelled any more.` },
  'Too large': { title: msg`The file is too large`, detail: msg`Export fewer columns, or export site by site. Whoever runs the server can raise the limit.` },
  'Older than what is known': { title: msg`Older than what is known`, detail: msg`A newer export was taken already. This one would turn the inventory back: people who left would return. Nothing was changed.` },
  'A backup is under way': { title: msg`A backup is under way`, detail: msg`Another backup of this database is being made. Wait for it.` },
  'A backup holds every workspace': { title: msg`A backup holds every workspace`, detail: msg`It would hold the other workspaces of this installation as well. Make it on the machine itself: rollcall backup FILE.` },
  'Already sent': { title: msg`Already sent`, detail: msg`This file is here already. Begin another upload for another file.` },
  'Already taken': { title: msg`Already taken`, detail: msg`This file is taken already. Upload a newer export to bring the source up to date.` },
  'Not yet': { title: msg`Not yet`, detail: msg`The day of the export lies in the future. Give the day on which the file was made.` },
  'A file is not read again': { title: msg`A file is not read again`, detail: msg`This source is a file. Upload a newer export to bring it up to date.` },
  'No vendor to ask': { title: msg`No vendor to ask`, detail: msg`This account is known from a file only, so there is nobody to ask. Upload a newer export instead.` },
  'The key was refused': { title: msg`The key was refused`, detail: msg`The vendor refused the key of this source. Test it in Sources and enter a new one if it has expired.` },
  'No key': { title: msg`No key`, detail: msg`This source has no API key stored. Enter one in Sources.` },
  'Name taken': { title: msg`Name taken`, detail: msg`There is a view of this name already, maybe somebody’s own. Choose another name.` },
  'Not your view': { title: msg`Not your view`, detail: msg`Only its owner or an administrator can change this view. Save it under another name instead.` },
  'Too many rows for a sheet': { title: msg`Too many rows for a sheet`, detail: msg`Export the list as CSV, or narrow the query.` },
  'Not finished': { title: msg`Not finished`, detail: msg`The same request came twice, and the first one has not finished or was cut off. Look whether it took effect before you send it again.` },
  'Beyond your own role': { title: msg`Beyond your own role`, detail: msg`You cannot give a token what you may not do yourself.` },
  'Known already': { title: msg`Known already`, detail: msg`Somebody with this e-mail can sign in already. Change their role under People instead.` },
  'Last administrator': { title: msg`Last administrator`, detail: msg`This is the last administrator of the whole workspace. Make somebody else one first.` },
  'No such person': { title: msg`No such person`, detail: msg`Somebody may have removed them. Load the page again.` },
  'Beyond your own limits': { title: msg`Beyond your own limits`, detail: msg`You are limited to some sources or sites and can only give access within them.` },
  'Invitation not valid': { title: msg`Invitation not valid`, detail: msg`This invitation was used, withdrawn, or is older than seven days. Ask an administrator of Rollcall for a new one.` },
  'Link not valid': { title: msg`Link not valid`, detail: msg`This link was used already or is not the latest one. Sign in if you have an account; else restart Rollcall: while there is no administrator, each start prints a new link.` },
};
