const words = [
  'svc', 'service', 'service ?account', 'serviceaccount', 'bot', 'automation', 'integration', 'robot', 'api', 'noreply', 'no-reply', 'donotreply', 'system', 'jenkins', 'ci', 'cd', 'sync', 'migration',
  'monitoring', 'backup', 'scheduler', 'webhook',
].join('|');

/** Words by which people name accounts that no person signs in with, as PostgreSQL's regular expression over lower-case text. */
export const serviceWords = `(^|[^[:alpha:]])(${words})([^[:alpha:]]|$)`;
/** The same for JavaScript. */
export const servicePattern = new RegExp(`(?:^|[^\\p{Alphabetic}])(?:${words})(?:[^\\p{Alphabetic}]|$)`, 'u');
