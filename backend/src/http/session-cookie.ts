import { stringifySetCookie } from 'cookie';

// `__Host-` binds the cookie to this host and to https, which a demo on http://localhost does not have.
const SECURE_NAME = '__Host-session';
const PLAIN_NAME = 'session';
// Readable by our pages: says that there is a session, so that a guest's page need not ask and be refused.
const HINT_NAME = 'signed-in';

/** Names the session cookie can have: the stricter over https, the other without. */
export const SESSION_COOKIES = [SECURE_NAME, PLAIN_NAME] as const;

/** Builds `Set-Cookie` values for the browser's session (S17); secure when the product is reached over https. */
export function createSessionCookie(publicUrl: string) {
  const secure = publicUrl.startsWith('https:');
  const name = secure ? SECURE_NAME : PLAIN_NAME;
  const base = { sameSite: 'strict', path: '/', secure } as const;
  const build = (token: string, hint: string, expires: Date): string[] => [
    stringifySetCookie({
      ...base,
      name,
      value: token,
      expires,
      httpOnly: true,
    }),
    stringifySetCookie({ ...base, name: HINT_NAME, value: hint, expires }),
  ];
  return {
    /** The one name that counts: a weaker cookie that another host of the domain has set does not. */
    name,
    set: (token: string, expires: Date): string[] => build(token, '1', expires),
    clear: (): string[] => build('', '', new Date(0)),
  };
}

export type SessionCookie = ReturnType<typeof createSessionCookie>;
