import { signedOut } from './client.ts';
import { errorFrom, toApiError } from './error.ts';

/** How an upload is made. */
export interface UploadOptions {
  /** The group of changes that it belongs to. */
  group?: string | undefined;
  /** Hears how much of it is there, from 0 to 1. */
  onProgress?: (done: number) => void;
  /** Breaks it off. */
  signal?: AbortSignal;
}

/**
 * Sends a file as the body of a request below /api/v1 and returns the answer; rejects with an ApiError, or with the
 * signal's reason when it was broken off. Unlike fetch it tells how far it has come.
 */
export function upload<T>(path: string, file: Blob, options: UploadOptions = {}): Promise<T> {
  const { group, onProgress, signal } = options;
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const stop = () => request.abort();
    const refuse = (error: Error) => {
      signal?.removeEventListener('abort', stop);
      reject(error);
    };
    request.open('POST', `/api/v1${path}`);
    request.responseType = 'json';
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    if (group) request.setRequestHeader('Cairn-Group', group);
    request.upload.onprogress = ({ loaded, total, lengthComputable }) => {
      if (lengthComputable && total > 0) onProgress?.(loaded / total);
    };
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) {
        signal?.removeEventListener('abort', stop);
        resolve(request.response as T);
        return;
      }
      if (request.status === 401) signedOut.set((count) => count + 1);
      const headers = new Headers();
      for (const name of ['Retry-After', 'X-Request-Id']) {
        const value = request.getResponseHeader(name);
        if (value) headers.set(name, value);
      }
      refuse(errorFrom(new Response(null, { status: request.status, headers }), request.response));
    };
    request.onerror = () => refuse(toApiError(new TypeError('Failed to fetch')));
    request.onabort = () => reject(signal?.reason);
    if (signal?.aborted) {
      reject(signal.reason);
      return;
    }
    signal?.addEventListener('abort', stop, { once: true });
    request.send(file);
  });
}
