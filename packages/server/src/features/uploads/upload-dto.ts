import { exportPreview } from '@rollcall/contract';
import { z } from 'zod';
import type { RouteResult, routes } from '@rollcall/contract';
import type { UploadRow } from './upload-store.ts';

export type UploadDto = RouteResult<typeof routes.uploads.get>;

const refusal = z.object({ code: z.string(), looksLike: z.string(), message: z.string() });

export function uploadDto(row: UploadRow): UploadDto {
  const reading = row.state === 'received' || row.state === 'reading';
  return {
    id: row.id,
    fileName: row.file_name,
    sizeBytes: row.size_bytes,
    state: row.state,
    preview: row.preview === null ? null : exportPreview.parse(row.preview),
    refusal: row.refusal === null ? null : refusal.parse(row.refusal),
    progress: reading ? { step: 'reading', text: 'Reading the file', done: row.bytes_read, total: row.size_bytes, secondsLeft: null } : null,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
  };
}
