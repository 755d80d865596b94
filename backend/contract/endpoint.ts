import { z } from 'zod';
import type { ErrorCode } from './errors.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/**
 * Who may call an endpoint. Required in every declaration: forgetting it does not compile.
 * `param` names the path parameter that owns the object: for any session but its owner's and an admin's there is no
 * such object. An account of another is refused (403), whether there is one or not; so is `foreign`, where clients of
 * old know no 404. `refusal` is the 403's message. What `isPrivate` is its owner's alone, no admin's.
 */
export type Access =
  | { who: 'everyone'; param?: string }
  | { who: 'session'; param?: string; isPrivate?: true }
  | { who: 'admin'; refusal?: string }
  | { who: 'self-or-admin'; param: string }
  | { who: 'franchisee-or-admin'; param: string; refusal: string; foreign?: 'forbidden' };

/** Media type of server-sent events (WHATWG HTML). */
export const EVENT_STREAM = 'text/event-stream';

export interface AnswerDeclaration {
  description: string;
  /** Absent where the answer has no body. */
  schema?: z.ZodType;
  example?: unknown;
  /**
   * Set when the answer is a text of this type and not JSON; its schema is then a string. The schema of an
   * `EVENT_STREAM` is that of one event, `{ event, id, data }`: `data` is sent as JSON.
   */
  mediaType?: string;
  /** Another form of the same answer, sent when `Accept` asks for it. */
  alternative?: string;
  /**
   * Lists of the schema that may be long: they are sent while they are read, and the handler answers them apart, as
   * `lists`. What breaks meanwhile breaks the connection.
   */
  streamedLists?: readonly string[];
  /** The same answer in parts, sent instead of the `mediaType` when `Accept` asks for JSON. */
  asJson?: { schema: z.ZodType; example: unknown };
}

export interface EndpointDeclaration {
  method: Method;
  path: `/${string}`;
  summary: string;
  description: string;
  access: Access;
  params?: z.ZodObject;
  query?: z.ZodObject;
  headers?: z.ZodObject;
  body?: z.ZodObject;
  /** Success answers by status; errors all share the problem shape. */
  answers: Partial<Record<number, AnswerDeclaration>>;
  /**
   * The answer is the same for everybody but admins, and may be a second old: it is made once for all who ask, and has
   * an ETag.
   */
  isShared?: true;
  /** Codes this endpoint can answer beside those every endpoint can (see COMMON_ERRORS). */
  errors: readonly ErrorCode[];
  /** The 400's message where clients of old expect a certain one. */
  invalidMessage?: string;
  example: { params?: Record<string, unknown>; query?: Record<string, unknown>; body?: unknown };
}

/** Declares one endpoint and keeps its exact type for handlers, client and documents. */
export function endpoint<const E extends EndpointDeclaration>(declaration: E): E {
  return declaration;
}

/** Headers that every write may carry. */
export const writeHeaders = z.object({
  'expect-user': z
    .string()
    .regex(/^\d+$/)
    .optional()
    .describe(
      'Id of the user the request is made for. When the session is another user’s by then, nothing is done (`other_user`)',
    ),
});

const NOT_MODIFIED = { description: 'The copy that `If-None-Match` names is still the answer' };

/** Success answers by status, with the one that every shared answer can be. */
export function allAnswers({ answers, isShared }: EndpointDeclaration): EndpointDeclaration['answers'] {
  return isShared ? { ...answers, 304: NOT_MODIFIED } : answers;
}

export function isEventStream(answer: AnswerDeclaration | undefined): boolean {
  return answer?.mediaType === EVENT_STREAM;
}

/** Codes any endpoint can answer, so that no declaration has to repeat them. */
export function commonErrors(declaration: EndpointDeclaration): ErrorCode[] {
  // `invalid_input` also where nothing is asked for: a query parameter given twice is refused everywhere.
  const codes: ErrorCode[] = ['internal', 'unavailable', 'too_many_requests', 'invalid_input'];
  if (declaration.body) codes.push('malformed_json', 'body_too_large', 'unsupported_media_type');
  if (declaration.access.who !== 'everyone') codes.push('unauthorized');
  // Also where everybody may write: a browser with a session sends its cookie there, too.
  if (declaration.method !== 'GET') codes.push('foreign_origin', 'other_user');
  const { who } = declaration.access;
  if (who === 'admin' || who === 'franchisee-or-admin' || who === 'self-or-admin') codes.push('forbidden');
  return codes;
}

type Schema<T> = T extends z.ZodType ? z.output<T> : undefined;
type SchemaInput<T> = T extends z.ZodType ? z.input<T> : undefined;

/** What a handler receives: every part checked and converted. */
export interface EndpointInput<E extends EndpointDeclaration> {
  params: Schema<E['params']>;
  query: Schema<E['query']>;
  headers: Schema<E['headers']>;
  body: Schema<E['body']>;
}

/** What a client sends. */
export interface EndpointRequest<E extends EndpointDeclaration> {
  params: SchemaInput<E['params']>;
  query: SchemaInput<E['query']>;
  headers: SchemaInput<E['headers']>;
  body: SchemaInput<E['body']>;
}

/** A header with several values, like `Set-Cookie`, is a list. */
export type AnswerHeaders = Record<string, string | string[]>;

/** One of the declared success answers, told apart by its status. */
export type EndpointAnswer<E extends EndpointDeclaration> = {
  [S in keyof E['answers'] & number]:
    | ({ status: S; headers?: AnswerHeaders } & ContentOf<E['answers'][S]>)
    | AlternativeOf<E['answers'][S], S>
    | JsonOf<E['answers'][S], S>;
}[keyof E['answers'] & number];

/** A body without its long lists, and the entries of each of these. */
type ListedContent<Body, Name> = {
  body: Omit<Body, Name & string>;
  lists: {
    [N in Name & keyof Body]: AsyncIterable<Body[N] extends readonly (infer Entry)[] ? Entry : never>;
  };
};

type ContentOf<A> = A extends {
  streamedLists: readonly (infer Name)[];
  schema: infer S extends z.ZodType;
}
  ? ListedContent<z.input<S>, Name>
  : A extends { mediaType: typeof EVENT_STREAM; schema: infer S extends z.ZodType }
    ? { events: EventSequence<z.input<S>> }
    : A extends { schema: infer S extends z.ZodType }
      ? { body: z.input<S> }
      : unknown;

/** The events of one stream, from now on. Once the signal aborts nobody listens any more, and it must end. */
export type EventSequence<T> = (signal: AbortSignal) => AsyncIterable<T>;

type AlternativeOf<A, S> = A extends { alternative: string }
  ? { status: S; text: string; headers?: AnswerHeaders }
  : never;

type JsonOf<A, S> = A extends { asJson: { schema: infer J extends z.ZodType } }
  ? { status: S; json: z.input<J>; headers?: AnswerHeaders }
  : never;

/** One event of a declared stream, as a client reads it. */
export type EndpointEvent<E extends EndpointDeclaration> =
  Extract<EndpointAnswer<E>, { events: unknown }> extends { events: EventSequence<infer T> } ? T : never;

type JsonAnswer<E extends EndpointDeclaration> = Extract<EndpointAnswer<E>, { json: unknown }>;

/** The body of any success answer, as a client that asks for JSON reads it. */
export type EndpointResult<E extends EndpointDeclaration> = [JsonAnswer<E>] extends [never]
  ? Extract<EndpointAnswer<E>, { body: unknown }>['body']
  : JsonAnswer<E>['json'];
