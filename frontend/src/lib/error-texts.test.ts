import { describe, expect, it } from '@jest/globals';
import type { Problem } from '#contract/errors.ts';
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
  const told = (message: string) =>
    fieldErrorsOf(refusal('invalid_input', { errors: [{ path: 'name', message }] }), texts).name;

  it.each([
    ['is required', 'Este dato hace falta.'],
    ['must have at least 8 characters', 'Tiene que tener al menos 8 caracteres.'],
    ['must be an e-mail address', 'Esto no parece un correo electrónico.'],
    ['is one of the commonest: choose another', 'Es una de las más comunes: elige otra.'],
  ])('is told in the reader’s language: %s', (message, text) => {
    expect(told(message)).toBe(text);
  });

  it('is told as the service says it when we do not know it', () => {
    expect(told('must be purple')).toBe('Must be purple.');
  });
});
