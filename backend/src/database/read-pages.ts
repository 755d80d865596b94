/**
 * Reads a long list from its newest entry on, page by page and while they are taken. `readBefore` answers the entries that
 * come after that id in the list, one more than a page has where there are more.
 */
export async function* readPages<Entry extends { id: number }>(
  pageSize: number,
  readBefore: (id: number | undefined) => Promise<Entry[]>,
): AsyncGenerator<Entry[]> {
  let before: number | undefined;
  do {
    const found = await readBefore(before);
    const page = found.slice(0, pageSize);
    if (page.length > 0) yield page;
    before = found.length > pageSize ? page.at(-1)?.id : undefined;
  } while (before !== undefined);
}
