import { describe, expect, it } from '@jest/globals';
import type { Problem } from '#contract/errors.ts';
import { type FieldError, type FieldErrorCode, fieldError } from '#contract/field-errors.ts';
import { catalogues, type OtherPages } from '../texts/catalogue.ts';
import { ApiError, NetworkError } from './api-error.ts';
import { bindTexts } from './bind-texts.ts';
import { describeError, fieldErrorsOf } from './error-texts.ts';

const { errors: texts } = bindTexts<OtherPages>(await catalogues.es.otherPages(), 'es');

function refusal(code: Problem['code'], more: Partial<Problem> = {}, retryAfterSeconds?: number) {
  const problem = { type: '', title: '', status: 400, code, message: 'raw', requestId: '', ...more };
  return new ApiError(problem, retryAfterSeconds);
}

describe('an error', () => {
  it.each([
    [new NetworkError(undefined), 'No llegamos a la cocina'],
    [refusal('unavailable'), 'La cocina necesita tomar aire'],
    [refusal('forbidden'), 'Tu cuenta no tiene permiso'],
    [refusal('too_many_requests', {}, 1), 'en 1 segundo.'],
    [refusal('too_many_requests', {}, 30), 'en 30 segundos.'],
    [refusal('too_many_requests'), 'en un minuto'],
    [refusal('internal', { requestId: 'abc' }), 'menciona abc.'],
    [new Error('anything'), 'Algo se nos quemó'],
  ])('is told in the reader’s language (%s)', (error, text) => {
    expect(describeError(error, texts)).toContain(text);
  });
});

describe('what is wrong with a field', () => {
  function told(field: Omit<FieldError, 'path'>): string | undefined {
    return fieldErrorsOf(refusal('invalid_input', { errors: [{ path: 'name', ...field }] }), texts).name;
  }

  it.each([
    [fieldError('', 'required'), 'Este dato hace falta.'],
    [fieldError('', 'too_short', { count: 8 }), 'Tiene que tener al menos 8 caracteres.'],
    [fieldError('', 'too_many_decimals', { count: 1 }), 'Puede tener como mucho 1 decimal.'],
    [fieldError('', 'not_email'), 'Esto no parece un correo electrónico.'],
    [fieldError('', 'common_password'), 'Es una de las más comunes: elige otra.'],
    [fieldError('', 'sold_out', { title: 'Veggie' }), 'Veggie está agotada.'],
  ])('is told by its code, in the reader’s language (%j)', ({ path: _, ...field }, text) => {
    expect(told({ ...field, message: 'raw' })).toBe(text);
  });

  it('with a code of a newer service is told as not valid', () => {
    expect(told({ code: 'purple' as FieldErrorCode, message: 'must be purple' })).toBe('No es válido.');
  });
});
