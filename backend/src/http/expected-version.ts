/** Whether a change was made from this version. */
export type ExpectedVersion = (present: number) => boolean;

/** Compares as RFC 9110 (13.1.1) says: any of the tags of `If-Match`; `*` fits whatever there is. */
function isMatched(ifMatch: string, present: number): boolean {
  return ifMatch
    .split(',')
    .map((tag) => tag.trim())
    .some((tag) => tag === '*' || tag.replace(/^"(.*)"$/, '$1') === String(present));
}

/** What a client said of the state it had before it. One that said nothing changes what it names in any state. */
export function readExpectedVersion(
  headers: { 'if-match'?: string | undefined },
  body: { version?: number | undefined },
): ExpectedVersion {
  const ifMatch = headers['if-match'];
  return (present) =>
    (ifMatch === undefined || isMatched(ifMatch, present)) &&
    (body.version === undefined || body.version === present);
}
