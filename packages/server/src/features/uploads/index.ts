export { openUploads } from './open-upload.ts';
export { uploadHandlers } from './routes.ts';
export type { UploadDependencies } from './upload-dependencies.ts';
export { previewQueue } from './upload-queues.ts';
export { startUploadWorkers } from './upload-workers.ts';
