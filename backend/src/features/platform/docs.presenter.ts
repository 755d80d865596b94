import type { EndpointDeclaration } from '#contract/endpoint.ts';

function exampleOf({ method, path, access, example }: EndpointDeclaration, origin: string): string {
  const filled = path.replace(/:(\w+)/g, (_, name: string) => String(example.params?.[name] ?? `:${name}`));
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(example.query ?? {})) query.set(name, String(value));
  const parts = [`curl -X ${method} '${origin}${filled}${query.size > 0 ? `?${query}` : ''}'`];
  if (access.who !== 'everyone') parts.push("-H 'Authorization: Bearer <token>'");
  if (example.body !== undefined)
    parts.push(`-H 'Content-Type: application/json' -d '${JSON.stringify(example.body)}'`);
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
    response: firstAnswer?.example ?? null,
  };
}
