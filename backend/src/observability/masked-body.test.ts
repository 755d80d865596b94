import { describe, expect, it } from '@jest/globals';
import { maskedBody } from './masked-body.ts';

describe('a body in the log', () => {
  it('has its secrets masked however deep they stand, and keeps the rest', () => {
    const body = {
      user: { id: 3, name: 'Kim', email: 'k@jwt.com', roles: [{ role: 'diner' }] },
      token: 'ey.secret.one',
      list: [{ deeper: { still: { jwt: 'ey.secret.two' } } }],
    };
    expect(maskedBody(body)).toEqual({
      user: { id: 3, name: 'Kim', email: '[redacted]', roles: [{ role: 'diner' }] },
      token: '[redacted]',
      list: [{ deeper: { still: { jwt: '[redacted]' } } }],
    });
  });

  it('masks a secret that is no text', () => {
    expect(maskedBody({ password: { at: 'depth' } })).toEqual({ password: '[redacted]' });
  });

  it('shows the first twenty entries of a list and says how many more there are', () => {
    const shown = maskedBody({ ids: Array.from({ length: 23 }, (_, index) => index) }) as { ids: unknown[] };
    expect(shown.ids).toHaveLength(21);
    expect(shown.ids.at(-1)).toBe('3 more');
  });

  it('that is no JSON is told by its length', () => {
    expect(maskedBody('a,b\n1,2')).toBe('7 characters');
  });
});
