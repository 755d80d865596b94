// In this order: most programs also call themselves what they want to be taken for.
const PROGRAMS: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['Edge', /\bEdg(e|A|iOS)?\//],
  ['Opera', /\bOPR\//],
  ['Samsung Internet', /\bSamsungBrowser\//],
  ['Firefox', /\b(Firefox|FxiOS)\//],
  ['Chrome', /\b(Chrome|HeadlessChrome|CriOS)\//],
  ['Safari', /\bVersion\/.*\bSafari\//],
];
const SYSTEMS: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['Android', /\bAndroid\b/],
  ['iPhone', /\biPhone\b/],
  ['iPad', /\biPad\b/],
  ['Windows', /\bWindows\b/],
  ['ChromeOS', /\bCrOS\b/],
  ['macOS', /\bMac OS X\b|\bMacintosh\b/],
  ['Linux', /\bLinux\b/],
];
/** What is no browser names itself first: `curl/8.9.1`. Anybody may send anything, so what is no plain word is nothing. */
const PLAIN_PROGRAM = /^(?!Mozilla\/)([A-Za-z][\w.-]{0,29})(\/|$)/;

function nameIn(userAgent: string, names: typeof PROGRAMS): string | null {
  return names.find(([, pattern]) => pattern.test(userAgent))?.[0] ?? null;
}

/** What a client calls itself, in words its owner knows it by. */
export function nameDevice(userAgent: string | null): { program: string | null; system: string | null } {
  if (userAgent === null) return { program: null, system: null };
  const program = nameIn(userAgent, PROGRAMS) ?? PLAIN_PROGRAM.exec(userAgent)?.[1] ?? null;
  return { program, system: nameIn(userAgent, SYSTEMS) };
}
