/** A question that cannot be answered as asked. The message says what to ask instead; the command ends with exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
