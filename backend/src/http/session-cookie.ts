import { stringifySetCookie } from 'cookie';

// `__Host-` binds the cookie to this host and to https, which a demo on http://localhost does not have.
const SECURE_NAME = '__Host-session';
const PLAIN_NAME = 'session';

/** Names a session cookie may have, the stricter first. */
export const SESSION_COOKIES = [SECURE_NAME, PLAIN_NAME] as const;

/** Builds `Set-Cookie` values for the browser's session; secure when the product is reached over https. */
export function createSessionCookie(publicUrl: string) {
  const secure = publicUrl.startsWith('https:');
  const base = {
    name: secure ? SECURE_NAME : PLAIN_NAME,
    httpOnly: true,
    sameSite: 'strict',
    path: '/',
    secure,
  } as const;
  return {
    set: (token: string, expires: Date): string => stringifySetCookie({ ...base, value: token, expires }),
    clear: (): string => stringifySetCookie({ ...base, value: '', expires: new Date(0) }),
  };
}

export type SessionCookie = ReturnType<typeof createSessionCookie>;
