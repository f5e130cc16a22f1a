/**
 * The API as the web app calls it. Stands in for the file that tools/openapi generates from the server's own
 * description, in the same shape, for the calls of signing in only.
 */

type Json<T> = { headers: Record<string, unknown>; content: { 'application/json': T } };
type ProblemAnswer = { headers: Record<string, unknown>; content: { 'application/problem+json': components['schemas']['Problem'] } };
type NoContent = { headers: Record<string, unknown>; content?: never };
type Operation<Body, Answers> = {
  parameters: { query?: never; header?: never; path?: never; cookie?: never };
  requestBody: Body extends never ? never : { content: { 'application/json': Body } };
  responses: Answers & { default: ProblemAnswer };
};

export interface paths {
  '/session': {
    post: Operation<components['schemas']['SignInBody'], { 200: Json<components['schemas']['Account']> }>;
    delete: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 204: NoContent; default: ProblemAnswer };
    };
  };
  '/setup': { post: Operation<components['schemas']['SetupBody'], { 200: Json<components['schemas']['Account']> }> };
  '/invitations/accept': {
    post: Operation<components['schemas']['AcceptBody'], { 200: Json<components['schemas']['Account']> }>;
  };
  '/me': {
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: Json<components['schemas']['Account']>; default: ProblemAnswer };
    };
  };
}

export interface components {
  schemas: {
    Account: { id: number; name: string; email?: string; admin?: boolean; workspace: string };
    SignInBody: { email: string; password: string };
    SetupBody: { token: string; name: string; email: string; password: string; workspace?: string };
    AcceptBody: { token: string; name: string; password: string };
    Problem: {
      type: string;
      title: string;
      status: number;
      detail: string;
      code:
        | 'invalid'
        | 'unauthenticated'
        | 'forbidden'
        | 'not_found'
        | 'conflict'
        | 'too_large'
        | 'rate_limited'
        | 'internal';
      errors?: { field: string; message: string }[];
      requestId?: string;
    };
  };
}
