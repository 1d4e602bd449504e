/**
 * The error that came first. When cleaning up after an error fails as well, `await using` throws a SuppressedError whose own message
 * ("An error was suppressed during disposal") says nothing; what went wrong stands in it.
 */
export function originalError(error: unknown): unknown {
  return error instanceof SuppressedError ? originalError(error.suppressed) : error;
}
