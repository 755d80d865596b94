import { dictionary } from '@zxcvbn-ts/language-common';
import { type FieldError, fieldError } from '#contract/field-errors.ts';
import { invalidInput } from '../../errors.ts';

/** The commonest passwords are the first ones anybody tries (S8). */
const COMMONEST = 3_000;
const STRICT_MIN_LENGTH = 8;
const commonPasswords = new Set((dictionary['passwords-common'] ?? []).slice(0, COMMONEST).map(String));

/** Throws `invalid_input` for a password that is too short or among the commonest. Length counts characters, not bytes. */
export function createPasswordPolicy(minLength: number) {
  return (password: string): void => {
    const error = findError(password, minLength);
    if (error) throw invalidInput([error]);
  };
}

function findError(password: string, minLength: number): FieldError | undefined {
  if ([...password].length < minLength) return fieldError('password', 'too_short', { count: minLength });
  // A shorter minimum is there for old clients of the demo, whose passwords are all on the list.
  const isListApplied = minLength >= STRICT_MIN_LENGTH;
  return isListApplied && commonPasswords.has(password.toLowerCase())
    ? fieldError('password', 'common_password')
    : undefined;
}

export type PasswordPolicy = ReturnType<typeof createPasswordPolicy>;
