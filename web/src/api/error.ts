import { t } from '@/lib/i18n.ts';
import type { components } from './schema.d.ts';

/** A failure as the server describes it (RFC 9457). */
export type Problem = components['schemas']['Problem'];

/** The kinds of failure; offline is the browser's own: no answer came. */
export type ErrorCode = Problem['code'] | 'offline';

/** A failed call, with a message that can be shown as it is. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: ErrorCode;
  /** What is wrong with which part of the input. */
  readonly fields: readonly { field: string; message: string }[];
  /** The HTTP status; 0 when no answer came. */
  readonly status: number;
  /** Seconds to wait before the next try, when the server said so. */
  readonly retryAfter: number | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    rest: Partial<Pick<ApiError, 'fields' | 'status' | 'retryAfter'>> = {},
  ) {
    super(message);
    this.code = code;
    this.fields = rest.fields ?? [];
    this.status = rest.status ?? 0;
    this.retryAfter = rest.retryAfter;
  }

  /** The message about one part of the input, undefined when that part is fine. */
  field(name: string): string | undefined {
    return this.fields.find((detail) => detail.field === name)?.message;
  }
}

/** What was thrown, as a failed call. */
export function asApiError(error: unknown): ApiError {
  return error instanceof ApiError ? error : new ApiError('internal', String(error));
}

/** Whether a failure is of the moment, so that asking again may help: the server starts, loads or is away. */
export function passes(error: unknown): boolean {
  if (!(error instanceof ApiError)) return false;
  return error.code === 'offline' || error.code === 'unavailable' || [502, 503, 504].includes(error.status);
}

function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'code' in body && 'detail' in body;
}

/** The error for an answer that was not a success; body is what came with it, parsed. */
export function errorFrom(response: Response, body: unknown): ApiError {
  const wait = Number(response.headers.get('Retry-After'));
  const retryAfter = Number.isFinite(wait) && wait > 0 ? wait : undefined;
  if (!isProblem(body)) {
    return new ApiError('internal', t('api.unknownNoId', { status: String(response.status) }), {
      status: response.status,
      retryAfter,
    });
  }
  // A full disk, a database that is away: the server says what it is, and its log has more under the number.
  const { code, requestId: id } = body;
  const detail = body.detail.replace(/\.$/, '');
  const message = code === 'internal' && id ? t('api.internal', { detail, id }) : body.detail;
  return new ApiError(body.code, message, { fields: body.errors ?? [], status: response.status, retryAfter });
}

/** Any failure as an ApiError: what fetch throws means that no answer came. Aborted calls stay what they are. */
export function toApiError(cause: unknown): ApiError | DOMException {
  if (cause instanceof ApiError) return cause;
  if (cause instanceof DOMException && cause.name === 'AbortError') return cause;
  return new ApiError('offline', t('api.offline'));
}
