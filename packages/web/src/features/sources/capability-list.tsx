import type { ReactNode } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { CircleAlert, CircleCheck, CircleDashed, TriangleAlert } from 'lucide-react';
import type { RouteAnswer, routes } from '@rollcall/contract';
import { SectionMessage, Stack } from '../../ui/index.ts';
import { capabilityFindings, capabilityNames, capabilityRemedies } from '../../words/capabilities.ts';
import './sources.css';

export type CapabilityReport = RouteAnswer<typeof routes.sources.test>;
type Capability = CapabilityReport['capabilities'][number];

const icons = { yes: CircleCheck, no: CircleAlert, limited: TriangleAlert, untested: CircleDashed } as const;

/** What a key can do, line by line, with the remedy where it cannot. */
export function CapabilityList({ report }: { readonly report: CapabilityReport }): ReactNode {
  return (
    <Stack gap={12}>
      {report.usable ? (
        <SectionMessage tone="success" isAnnounced title={<Trans>The key can be used.</Trans>} />
      ) : (
        <SectionMessage tone="error" isAnnounced title={<Trans>With this key the organisation cannot be read.</Trans>}>
          <Trans>Do what the red lines say, then test again.</Trans>
        </SectionMessage>
      )}
      <ul className="source-report">
        {report.capabilities.map((capability) => (
          <CapabilityLine key={capability.name} capability={capability} />
        ))}
      </ul>
    </Stack>
  );
}

function CapabilityLine({ capability: { name, state, code, message, remedy } }: { readonly capability: Capability }): ReactNode {
  const { t, i18n } = useLingui();
  const states = { yes: t`Yes`, no: t`No`, limited: t`Limited`, untested: t`Not tested` };
  const Icon = icons[state];
  const title = capabilityNames[name];
  const finding = capabilityFindings[code];
  const todo = capabilityRemedies[code];
  // In English the server's sentence stands as it is: it may quote the vendor.
  const isOwn = i18n.locale === 'en' || finding === undefined;
  return (
    <li>
      <Icon size={16} className={`source-${state}`} role="img" aria-label={states[state]} />
      <span className="rc-strong">{title === undefined ? name : i18n._(title)}</span>
      <div>
        <div>{isOwn ? message : i18n._(finding)}</div>
        {remedy !== null && <div className="rc-small rc-subtle">{todo === undefined ? remedy : i18n._(todo)}</div>}
      </div>
    </li>
  );
}
