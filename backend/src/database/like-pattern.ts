/** `*` of a filter becomes SQL's `%`; the pattern characters of SQL itself stand for themselves. */
export function likePattern(filter: string): string {
  return filter.replace(/[\\%_]/g, (character) => `\\${character}`).replaceAll('*', '%');
}
