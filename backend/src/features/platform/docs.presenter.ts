import { type EndpointDeclaration, isEventStream } from '#contract/endpoint.ts';

/** A call anybody can make as it stands: the address with its example filled in, and the body. */
function requestOf({ path, example }: EndpointDeclaration): { path: string; body?: unknown } {
  const filled = path.replace(/:(\w+)/g, (_, name: string) => String(example.params?.[name] ?? `:${name}`));
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(example.query ?? {})) query.set(name, String(value));
  const address = query.size > 0 ? `${filled}?${query}` : filled;
  return { path: address, ...(example.body !== undefined && { body: example.body }) };
}

function exampleOf(declaration: EndpointDeclaration, origin: string): string {
  const { path, body } = requestOf(declaration);
  // Without `-N` curl keeps events back until it has many.
  const options = Object.values(declaration.answers).some(isEventStream) ? '-N ' : '';
  const parts = [`curl ${options}-X ${declaration.method} '${origin}${path}'`];
  if (declaration.access.who !== 'everyone') parts.push("-H 'Authorization: Bearer <token>'");
  if (body !== undefined) parts.push(`-H 'Content-Type: application/json' -d '${JSON.stringify(body)}'`);
  return parts.join(' ');
}

/** One endpoint in the form clients of old know, made from its declaration. */
export function presentEndpoint(declaration: EndpointDeclaration, origin: string) {
  const [firstAnswer] = Object.values(declaration.answers);
  return {
    method: declaration.method,
    path: declaration.path,
    requiresAuth: declaration.access.who !== 'everyone',
    description: declaration.description,
    example: exampleOf(declaration, origin),
    request: requestOf(declaration),
    response: firstAnswer?.example ?? null,
  };
}
