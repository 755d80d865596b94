/** `2 × Veggie, Pepperoni`: each pizza once, in the order it was asked for. */
export function summarize(items: readonly { description: string }[]): string {
  const counts = new Map<string, number>();
  for (const { description } of items) counts.set(description, (counts.get(description) ?? 0) + 1);
  return [...counts].map(([title, count]) => (count > 1 ? `${count} × ${title}` : title)).join(', ');
}
