import { msg } from '@lingui/core/macro';
import type { RouteAnswer, routes } from '@rollcall/contract';

export type Exemption = RouteAnswer<typeof routes.exemptions.create>;
export type ExemptionKind = Exemption['kind'];

export const exemptionKinds: readonly ExemptionKind[] = ['account', 'group', 'domain'];
export const exemptionKindNames = { account: msg`Account`, group: msg`Group`, domain: msg`Domain` };
