/** Whether PostgreSQL refused a row or an index because of a second one with the same key (SQLSTATE unique_violation). */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "23505";
}
