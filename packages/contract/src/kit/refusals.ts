/**
 * Why something was refused, more closely than the code of a problem says: `data.refusal` of the problem. With it stand the values that its sentence names, so
 * that a screen can say it in the reader's language. The `detail` beside it is the same in English. Add, never rename.
 */
export const refusals = [
  'alreadyExempt', 'appElsewhere', 'appMissing', 'approversApply', 'asOfToday', 'canarySince', 'domainShape', 'endsInPast', 'everythingPaused', 'exemptionEnded', 'fileRefused', 'groupElsewhere', 'groupMissing',
  'noSuchSubject', 'nobodyToActOn', 'notAsked', 'pastPeriod', 'personUnderWay', 'planApplied', 'planExpiredOn', 'planState', 'previewNotReady', 'readOnlyMode', 'readingHeld', 'rowNotUncertain', 'runLogsOpen', 'runState',
  'runUnderWay', 'severalMatch', 'sourceIsFile', 'sourceMissing', 'sourceRemoved', 'syncOpen', 'typeBack', 'wholeAccount', 'wrongSource',
] as const;
export type Refusal = (typeof refusals)[number];
