import { describe, expect, it } from '@jest/globals';
import { isForeignZone, zonedTime, zoneName } from './zoned-time.ts';

const friday = Date.parse('2026-11-27T11:00:00Z');
// Whatever zone the tests run in, one of these is another.
const far = isForeignZone('Asia/Tokyo', friday) ? 'Asia/Tokyo' : 'America/Denver';
const own = Intl.DateTimeFormat().resolvedOptions().timeZone;

describe('a moment by the clock of a store', () => {
  it('names the zone when that is not the reader’s own, and only then', () => {
    const iso = '2026-11-27T18:00:00Z';
    expect(zonedTime(iso, far, 'en-GB', friday).clock).toMatch(/^\d{1,2}:00 \(.+ Time\)$/);
    expect(zonedTime(iso, own, 'en-GB', friday).clock).toMatch(/^\d{1,2}:00$/);
    expect(zonedTime(iso, undefined, 'en-GB', friday).clock).toMatch(/^\d{1,2}:00$/);
  });

  it.each([
    ['2026-11-27T20:00:00Z', 'today'],
    ['2026-11-28T20:00:00Z', 'tomorrow'],
    ['2026-11-30T20:00:00Z', 'Monday'],
    ['2026-12-24T20:00:00Z', '24 December'],
  ])('%s is %s, by the days of that clock', (iso, day) => {
    expect(zonedTime(iso, 'America/Denver', 'en-GB', friday).day).toBe(day);
  });

  it('a night after midnight there is the next day, whatever day it is here', () => {
    expect(zonedTime('2026-11-28T06:30:00Z', 'America/Denver', 'en-GB', friday).day).toBe('today');
    expect(zonedTime('2026-11-28T07:30:00Z', 'America/Denver', 'en-GB', friday).day).toBe('tomorrow');
  });

  it('has the hour as it is written, for languages that agree with it', () => {
    expect(zonedTime('2026-11-27T20:00:00Z', 'America/Denver', 'es-MX', friday).hour).toBe(1);
    expect(zonedTime('2026-11-27T20:00:00Z', 'America/Denver', 'es-ES', friday).hour).toBe(13);
  });

  it('in a zone that nobody knows is told by the reader’s own', () => {
    expect(zonedTime('2026-11-27T18:00:00Z', 'Mars/Olympus', 'en-GB', friday).clock).toMatch(/^\d{1,2}:00$/);
  });
});

it('a zone is called by its words, and by its name where there are none', () => {
  expect(zoneName('America/Denver', 'en-GB')).toBe('Mountain Time');
  expect(zoneName('Europe/Madrid', 'es-ES')).toBe('hora de Europa central');
  expect(zoneName('UTC', 'en-US')).toBe('Coordinated Universal Time');
  expect(zoneName('Mars/Olympus', 'en')).toBeTruthy();
});
