import { expect, it } from '@jest/globals';
import { type Environment, readStackSettings, withDefaults } from './stack-settings.ts';

it('with no real part named it is the demo, with a database and a factory of its own', () => {
  expect(readStackSettings({ DATABASE_URL: ' ', PORT: '' })).toMatchObject({
    port: 3000,
    isDemo: true,
    needsDatabase: true,
    needsSimulator: true,
    warning: undefined,
  });
});

it.each<[Environment]>([
  [{ DATABASE_URL: 'mysql://a:b@c/d' }],
  [{ FACTORY_URL: 'https://factory.example' }],
  [{ FACTORIES: '[]' }],
  [{ JWT_SECRET: 'secret' }],
  [{ DEMO: '0' }],
])('with %j it is production, and nothing is made up for what is missing', (environment) => {
  expect(readStackSettings(environment)).toMatchObject({
    isDemo: false,
    needsDatabase: false,
    needsSimulator: false,
  });
});

it('DEMO=1 with a given database keeps the demo, its own factory, and warns', () => {
  const settings = readStackSettings({ DEMO: '1', DATABASE_URL: 'mysql://a:b@c/d' });
  expect(settings).toMatchObject({ isDemo: true, needsDatabase: false, needsSimulator: true });
  expect(settings.warning).toContain('DATABASE_URL');
});

it.each(['abc', '-1', '65536', '3.5'])('PORT=%s is refused in one line', (port) => {
  expect(() => readStackSettings({ PORT: port })).toThrow(/^PORT=.* is not a port number/);
});

it('a setting that is given wins over a default, an empty one does not', () => {
  expect(withDefaults({ A: 'given', B: '' }, { A: 'default', B: 'default' })).toEqual({
    A: 'given',
    B: 'default',
  });
});
