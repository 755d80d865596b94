import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { bindTexts } from '../../lib/bind-texts.ts';
import { catalogues, type OtherPages } from '../../texts/catalogue.ts';
import { reasonText } from './reason-text.ts';

const presenter = readFileSync(
  join(import.meta.dirname, '../../../../backend/src/features/orders/orders.presenter.ts'),
  'utf8',
);
const table = /const REASONS[^{]*\{([^}]*)\}/.exec(presenter)?.[1] ?? '';
const reasons = [...table.matchAll(/: '([^']+)'/g)].map(([, sentence]) => sentence ?? '');

const english = bindTexts<OtherPages>(await catalogues.en.otherPages(), 'en').orders.reasons;
const spanish = bindTexts<OtherPages>(await catalogues.es.otherPages(), 'es').orders.reasons;

describe('the reason of an order', () => {
  it('is read from the table of the service', () => {
    expect(reasons.length).toBeGreaterThan(10);
  });

  it.each(reasons)('stays in English and is Spanish for Spanish readers: %s', (reason) => {
    expect(reasonText(reason, english)).toBe(reason);
    expect(Object.values(spanish)).toContain(reasonText(reason, spanish));
  });

  it('that we do not know is shown as the service gives it', () => {
    expect(reasonText('The cat sat on it.', spanish)).toBe('The cat sat on it.');
  });
});
