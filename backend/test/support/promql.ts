const STRINGS = /"(?:[^"\\]|\\.)*"/g;
const SELECTORS = /([a-zA-Z_:][\w:]*)\s*\{([^}]*)\}/g;
const MATCHERS = /(\w+)\s*(=~|!=|!~|=)\s*"([^"]*)"/g;
const GROUPINGS = /\b(?:by|without|on|ignoring)\s*\(([^)]*)\)/g;
const NAMES = /[a-zA-Z_:][\w:]*(?!\s*\(|[\w:])/g;
const WORDS = new Set(['or', 'and', 'unless', 'bool', 'offset', 'group_left', 'group_right', 'inf', 'nan']);

interface Matcher {
  metric: string;
  label: string;
  isExact: boolean;
  value: string;
}

/** The metrics that an expression of Prometheus reads. */
export function metricsIn(expression: string): string[] {
  const bare = expression
    .replace(STRINGS, '')
    .replace(/\{[^}]*\}/g, ' ')
    .replace(/\[[^\]]*\]/g, ' ')
    .replace(/\boffset\s+\w+/g, ' ')
    .replace(GROUPINGS, ' ');
  const names = [...bare.matchAll(NAMES)].map(([name]) => name).filter((name) => !WORDS.has(name));
  return [...new Set(names)];
}

/** What an expression asks of the labels of which metric. */
export function matchersIn(expression: string): Matcher[] {
  return [...expression.matchAll(SELECTORS)].flatMap(([, metric = '', body = '']) =>
    [...body.matchAll(MATCHERS)].map(([, label = '', operator, value = '']) => ({
      metric,
      label,
      isExact: operator === '=',
      value,
    })),
  );
}

/** The labels that an expression groups by. */
export function groupingsIn(expression: string): string[] {
  return [...expression.replace(STRINGS, '').matchAll(GROUPINGS)].flatMap(([, labels = '']) =>
    labels
      .split(',')
      .map((label) => label.trim())
      .filter(Boolean),
  );
}
