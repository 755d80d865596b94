import { stringifySetCookie } from 'cookie';

// `__Host-` binds the cookie to this host and to https, which a demo on http://localhost does not have.
const SECURE_NAME = '__Host-session';
const PLAIN_NAME = 'session';
// Readable by our pages: says that there is a session, so that a guest's page need not ask and be refused.
const HINT_NAME = 'signed-in';
// By it a browser is known at its next log-in; it opens nothing.
const SECURE_DEVICE_NAME = '__Host-device';
const PLAIN_DEVICE_NAME = 'device';

/** Names the session cookie can have: the stricter over https, the other without. */
export const SESSION_COOKIES = [SECURE_NAME, PLAIN_NAME] as const;

const LONG_AGO = new Date(0);

interface CookieContent {
  token: string;
  expiresAt: Date;
}

/** Builds `Set-Cookie` values of the browser's session (S17) and device (S12); secure when we are reached over https. */
export function createSessionCookie(publicUrl: string) {
  const secure = publicUrl.startsWith('https:');
  const name = secure ? SECURE_NAME : PLAIN_NAME;
  const base = { sameSite: 'strict', path: '/', secure } as const;
  const deviceName = secure ? SECURE_DEVICE_NAME : PLAIN_DEVICE_NAME;
  const unreadable = (cookie: { name: string; value: string; expires: Date }): string =>
    stringifySetCookie({ ...base, ...cookie, httpOnly: true });
  const build = (token: string, hint: string, expires: Date): string[] => [
    unreadable({ name, value: token, expires }),
    stringifySetCookie({ ...base, name: HINT_NAME, value: hint, expires }),
  ];
  return {
    /** The one name that counts: a weaker cookie that another host of the domain has set does not. */
    name,
    deviceName,
    set: (session: CookieContent, device?: CookieContent): string[] => [
      ...build(session.token, '1', session.expiresAt),
      ...(device ? [unreadable({ name: deviceName, value: device.token, expires: device.expiresAt })] : []),
    ],
    clear: (): string[] => build('', '', LONG_AGO),
    /** Also that somebody was ever here. */
    clearAll: (): string[] => [
      ...build('', '', LONG_AGO),
      unreadable({ name: deviceName, value: '', expires: LONG_AGO }),
    ],
  };
}

export type SessionCookie = ReturnType<typeof createSessionCookie>;
