import type { ReactNode } from 'react';
import { Trans } from '@lingui/react/macro';
import { ExternalLinkText, Stack } from '../../ui/index.ts';
import './sources.css';

/** How to make an organisation's API key, step by step. Facts: Atlassian's "Manage an organization with the admin APIs". */
export function KeySteps(): ReactNode {
  return (
    <Stack gap={12}>
      <ol className="source-steps">
        <li>
          <span>
            <Trans>
              As an organisation administrator open <ExternalLinkText href="https://admin.atlassian.com">admin.atlassian.com</ExternalLinkText> and choose the organisation.
            </Trans>
          </span>
        </li>
        <li>
          <span>
            <Trans>
              The address now reads <code>admin.atlassian.com/o/…/overview</code>. What stands between <code>/o/</code> and the next slash is the organisation id.
            </Trans>
          </span>
        </li>
        <li>
          <span>
            <Trans>
              Go to <b>Organization settings</b> → <b>API keys</b> → <b>Create API key</b>.
            </Trans>
          </span>
        </li>
        <li>
          <span>
            <Trans>
              Choose <b>API key without scopes</b>: keys with scopes are refused the last active dates and most changes.
            </Trans>
          </span>
        </li>
        <li>
          <span>
            <Trans>
              Give it a name such as <i>Rollcall</i> and an expiry. Atlassian offers one week; a year is the longest. Rollcall warns you before it ends.
            </Trans>
          </span>
        </li>
        <li>
          <span>
            <Trans>Copy the key: Atlassian shows it once. Paste it here. Rollcall stores it encrypted, and never shows or logs it again.</Trans>
          </span>
        </li>
      </ol>
      <p className="rc-small rc-subtle">
        <ExternalLinkText href="https://support.atlassian.com/organization-administration/docs/manage-an-organization-with-the-admin-apis/">
          <Trans>Atlassian's own page about API keys</Trans>
        </ExternalLinkText>
      </p>
    </Stack>
  );
}
