import { z } from 'zod';

/** `https://api.atlassian.com/admin/` and the like are accepted: the path of the admin API is added by us. */
function trimmedBase(url: string): string {
  return url.replace(/\/+$/u, '').replace(/\/admin$/u, '');
}

function isAllowedBase(url: string): boolean {
  const { protocol, hostname, username, search, hash } = new URL(url);
  if (username !== '' || search !== '' || hash !== '') return false;
  return protocol === 'https:' || (protocol === 'http:' && /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/u.test(hostname));
}

export const defaultBaseUrl = 'https://api.atlassian.com';

/** What an organisation source is connected with, beside its key. */
export const atlassianOrgSettings = z.object({
  baseUrl: z
    .url({ error: 'Give an address such as https://api.atlassian.com' })
    .refine(isAllowedBase, { error: 'Use https (http only for this machine), without a name, a query or a fragment' })
    .transform(trimmedBase)
    .default(defaultBaseUrl)
    .meta({ title: 'Base URL', description: "Atlassian's own unless you use a sandbox or a test server" }),
  organisationId: z
    .string()
    .trim()
    .regex(/^[\w-]{1,64}$/u, { error: 'Copy the id from the address of admin.atlassian.com: it stands after /o/' })
    .meta({ title: 'Organisation id', description: 'From the address of admin.atlassian.com, after /o/' }),
  requestsPerMinute: z
    .int()
    .min(1)
    .max(1_000_000)
    .optional()
    .meta({ title: 'Requests per minute', description: 'At most this many per endpoint group. Default 600: Atlassian does not publish its limits' }),
});
export type AtlassianOrgSettings = z.infer<typeof atlassianOrgSettings>;
