import { parseArgs } from 'node:util';
import { FULL_SCALE, type Scale, SHORT_SCALE } from './scale.ts';
import { SCENARIO_NAMES, type ScenarioName } from './scenarios.ts';

const MOST_DINERS = 500;

export interface DrillOptions {
  names: ScenarioName[];
  scale: Scale;
  isShort: boolean;
  isJson: boolean;
  /** A missed target of time fails the drill. */
  isStrict: boolean;
  /** The folder with the service's logs stays. */
  isKept: boolean;
}

export const USAGE = [
  'npm run drill -- [--only fail,badjwt] [--short] [--diners N] [--json] [--strict] [--keep]',
  `scenarios: ${SCENARIO_NAMES.join(', ')}`,
];

/** Throws in one line on what it does not understand. */
export function readOptions(args: string[]): DrillOptions {
  const { values } = parseArgs({
    args,
    options: {
      only: { type: 'string' },
      short: { type: 'boolean', default: false },
      diners: { type: 'string' },
      json: { type: 'boolean', default: false },
      strict: { type: 'boolean', default: false },
      keep: { type: 'boolean', default: false },
    },
  });
  const scale = values.short ? SHORT_SCALE : FULL_SCALE;
  return {
    names: readNames(values.only),
    scale: { ...scale, diners: readCount(values.diners) ?? scale.diners },
    isShort: values.short,
    isJson: values.json,
    isStrict: values.strict,
    isKept: values.keep,
  };
}

function readNames(only: string | undefined): ScenarioName[] {
  if (only === undefined) return SCENARIO_NAMES;
  const names = only.split(',').map((wanted) => {
    const name = SCENARIO_NAMES.find((known) => known === wanted.trim());
    if (!name) throw new Error(`there is no scenario "${wanted.trim()}"`);
    return name;
  });
  return [...new Set(names)];
}

function readCount(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1 && count <= MOST_DINERS) return count;
  throw new Error(`--diners takes a number from 1 to ${MOST_DINERS}`);
}
