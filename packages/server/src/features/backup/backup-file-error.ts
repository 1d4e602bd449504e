/** A file that cannot be restored: damaged, cut off, no backup at all, or of a newer Rollcall. The message is a sentence that says what to do. */
export class BackupFileError extends Error {
  override readonly name = 'BackupFileError';
}
