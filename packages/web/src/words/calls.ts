import { useLingui } from '@lingui/react/macro';

/**
 * A call in the reader's language. The contract answers calls as English sentences of a few fixed forms; the names in them are cut
 * out by form, so that a form this version does not know is shown as it came.
 */
export function useCallWords(): (text: string) => string {
  const { t } = useLingui();
  return (text) => {
    const rest = (start: string): string | null => (text.startsWith(start) ? text.slice(start.length) : null);
    const left = rest('Remove from the group ');
    if (left !== null) return t`Remove from the group ${left}`;
    const joined = rest('Add to the group ');
    if (joined !== null) return t`Add to the group ${joined}`;
    const suspended = rest('Suspend access in ');
    if (suspended !== null) return t`Suspend access in ${suspended}`;
    const restored = rest('Restore access in ');
    if (restored !== null) return t`Restore access in ${restored}`;
    const revoked = /^Revoke the direct role (\S+) for (.+) on (.+)$/.exec(text);
    if (revoked !== null) {
      const [, role = '', app = '', site = ''] = revoked;
      return t`Revoke the direct role ${role} for ${app} on ${site}`;
    }
    const assigned = /^Assign the role (\S+) for (.+) on (.+)$/.exec(text);
    if (assigned !== null) {
      const [, role = '', app = '', site = ''] = assigned;
      return t`Assign the role ${role} for ${app} on ${site}`;
    }
    const removed = rest('Remove from ');
    if (removed !== null) return t`Remove from ${removed}`;
    return text;
  };
}
