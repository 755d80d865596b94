import { isDeepStrictEqual } from 'node:util';
import { type Request, type RequestHandler, type Response, Router } from 'express';
import type {
  AnswerDeclaration,
  AnswerHeaders,
  EndpointAnswer,
  EndpointDeclaration,
  EndpointInput,
  EventSequence,
} from '#contract/endpoint.ts';
import type { Logger } from '../observability/logger.ts';
import { maskedBody } from '../observability/masked-body.ts';
import type { SessionUser } from './authenticate.ts';
import { authorizeOwner, authorizeRole, isAdmin } from './authorize.ts';
import type { Client, ReadClient } from './client.ts';
import { isFromAllowedOrigin } from './cross-origin.ts';
import type { EventStreams } from './event-stream.ts';
import { assertExpectedUser } from './expected-user.ts';
import { readBody } from './read-body.ts';
import { contextOf } from './request-context.ts';
import { type SharedAnswers, sendShared } from './shared-answers.ts';
import { sendLists } from './streamed-lists.ts';
import { validateInput, validateParams } from './validate.ts';

const JSON_TYPE = 'application/json';

type UserOf<E extends EndpointDeclaration> = E['access']['who'] extends 'everyone'
  ? SessionUser | undefined
  : SessionUser;

export interface HandlerRequest<E extends EndpointDeclaration> extends EndpointInput<E> {
  user: UserOf<E>;
  log: Logger;
  requestId: string;
  client: Client;
  /** A page of another site asks, for which a relative address of ours means nothing. */
  isFromOtherSite: boolean;
  /** Whether the client would rather have the answer in this form than in the one that is sent unasked. */
  accepts: (mediaType: string) => boolean;
}

type Handler<E extends EndpointDeclaration> = (
  request: HandlerRequest<E>,
) => Promise<EndpointAnswer<E>> | EndpointAnswer<E>;

/** A contract endpoint joined with the function that answers it. */
export interface Route {
  endpoint: EndpointDeclaration;
  handle: (request: HandlerRequest<EndpointDeclaration>) => Promise<AnyAnswer> | AnyAnswer;
}

interface AnyAnswer {
  status: number;
  body?: unknown;
  /** The declared alternative form, instead of a body. */
  text?: string;
  /** The declared JSON, instead of the text of another type. */
  json?: unknown;
  /** The events of a declared stream, instead of a body. */
  events?: EventSequence<unknown>;
  /** The entries of the long lists that the body leaves out. */
  lists?: Record<string, AsyncIterable<unknown>>;
  headers?: AnswerHeaders;
}

/** Joins an endpoint with its handler: `route(readMenu).handledBy(...)`. The compiler holds it to the contract. */
export function route<E extends EndpointDeclaration>(
  endpoint: E,
): { handledBy: (handle: Handler<E>) => Route } {
  // Two calls, because only once E is settled does the compiler read `status: 200` as the literal it is.
  return { handledBy: (handle) => ({ endpoint, handle: handle as unknown as Route['handle'] }) };
}

/** Answers who asks, or undefined without a session. */
export type Authenticate = (request: Request, client: Client) => Promise<SessionUser | undefined>;

interface RouterDeps {
  routes: readonly Route[];
  authenticate: Authenticate;
  readClient: ReadClient;
  eventStreams: EventStreams;
  sharedAnswers: SharedAnswers;
  /** Other sites whose pages may call the API. */
  allowedOrigins: readonly string[];
}

/** Authenticate, authorize, validate, run, check the answer, send: the same for every endpoint. */
function answerWith(
  { endpoint, handle }: Route,
  { authenticate, readClient, eventStreams, sharedAnswers, allowedOrigins }: Omit<RouterDeps, 'routes'>,
): RequestHandler {
  // What staff writes may be what others are told.
  const mayChangeShared =
    endpoint.method !== 'GET' &&
    (endpoint.access.who === 'admin' || endpoint.access.who === 'franchisee-or-admin');
  return async (request, response) => {
    const context = contextOf(response);
    context.route = endpoint.path;
    const client = readClient(request);
    const user = await authenticate(request, client);
    context.userId = user?.id;
    // Before the role: whom the page was drawn for may do what whoever logged in since may not.
    assertExpectedUser(request, user);
    // Who may not ask is told so before any word on what is wrong with the question, and before its body is read.
    authorizeRole(endpoint.access, user);
    const params = validateParams(endpoint, request);
    authorizeOwner(endpoint.access, user, params);
    const body = endpoint.body && (await readBody(request, response));
    const input = validateInput(endpoint, request, body);
    const isFromOtherSite = isFromAllowedOrigin(request, allowedOrigins);
    const answer = async () =>
      handle({
        ...input,
        params,
        user,
        log: context.log,
        requestId: context.requestId,
        client,
        isFromOtherSite,
        accepts: (mediaType: string) =>
          request.accepts([mediaTypeUnasked(endpoint), mediaType]) === mediaType,
      } as HandlerRequest<EndpointDeclaration>);
    if (endpoint.isShared && !(user && isAdmin(user))) {
      const key = `${endpoint.path} ${JSON.stringify(input.query)} ${isFromOtherSite}`;
      const shared = sharedAnswers.read(key, async () => bodyOf(endpoint, await answer()));
      sendShared(request, response, await shared);
      return;
    }
    const given = await answer();
    if (mayChangeShared) sharedAnswers.forget();
    logBodies(context.log, { request: input.body, answer: given });
    const { events, lists, body: sent } = given;
    const { schema } = declaredAnswer(endpoint, given);
    if (lists) {
      const begin = (): void => {
        beginAnswer(response, given);
        response.type(JSON_TYPE);
      };
      await sendLists(response, { schema, answer: { body: sent, lists }, begin });
      return;
    }
    if (!events) {
      send(response, endpoint, given);
      return;
    }
    await eventStreams.send({
      response,
      owner: user ? `user ${user.id}` : `address ${request.ip}`,
      events,
      check: (event) => schema?.parse(event),
      // Whoever has other roles by now, or none, comes back and is judged anew.
      isStillAllowed: async () => isDeepStrictEqual(await authenticate(request, client), user),
    });
  };
}

/** For whoever looks for a fault; the values only, and only those the contract knows. */
function logBodies(log: Logger, { request, answer }: { request: unknown; answer: AnyAnswer }): void {
  if (!log.isLevelEnabled('debug')) return;
  log.debug(
    { requestBody: maskedBody(request), responseBody: maskedBody(answer.text ?? answer.json ?? answer.body) },
    'bodies',
  );
}

function mediaTypeUnasked({ answers }: EndpointDeclaration): string {
  const [first] = Object.values(answers);
  return first?.mediaType ?? JSON_TYPE;
}

function declaredAnswer(endpoint: EndpointDeclaration, { status }: AnyAnswer): AnswerDeclaration {
  const declared = endpoint.answers[status];
  if (!declared) throw new Error(`${endpoint.method} ${endpoint.path} does not declare the status ${status}`);
  return declared;
}

/** Only declared fields leave: the answer's schema strips the rest, and an answer outside it is our bug (500). */
function contentOf(declared: AnswerDeclaration, answer: AnyAnswer): { mediaType: string; body: unknown } {
  const { alternative, asJson, schema, mediaType = JSON_TYPE } = declared;
  if (alternative && answer.text !== undefined) return { mediaType: alternative, body: answer.text };
  if (asJson && answer.json !== undefined)
    return { mediaType: JSON_TYPE, body: asJson.schema.parse(answer.json) };
  return { mediaType, body: schema?.parse(answer.body) };
}

/** As `send` would send it. */
const bodyOf = (endpoint: EndpointDeclaration, answer: AnyAnswer): unknown =>
  contentOf(declaredAnswer(endpoint, answer), answer).body;

function beginAnswer(response: Response, answer: AnyAnswer): void {
  response.setHeader('Cache-Control', 'no-store');
  for (const [name, value] of Object.entries(answer.headers ?? {})) response.setHeader(name, value);
  response.status(answer.status);
}

function send(response: Response, endpoint: EndpointDeclaration, answer: AnyAnswer): void {
  const declared = declaredAnswer(endpoint, answer);
  const { mediaType, body } = contentOf(declared, answer);
  beginAnswer(response, answer);
  // No client holds a copy to compare with (`no-store`), so Express must not answer 304 without a body.
  delete response.req.headers['if-none-match'];
  if (declared.alternative || declared.asJson) response.vary('Accept');
  if (!declared.schema) response.end();
  else if (mediaType === JSON_TYPE) response.json(body);
  else response.type(mediaType).send(body);
}

export function createEndpointRouter({ routes, ...parts }: RouterDeps): Router {
  // Not strict: existing clients write addresses with a trailing slash. Letter case counts.
  const router = Router({ caseSensitive: true, strict: false });
  for (const entry of routes) {
    const method = entry.endpoint.method.toLowerCase() as 'get' | 'post' | 'put' | 'delete';
    router[method](entry.endpoint.path, answerWith(entry, parts));
  }
  return router;
}
