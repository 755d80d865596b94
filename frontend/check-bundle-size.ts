import { gzipSync } from 'node:zlib';
import { build, type Rolldown } from 'vite';
import { FIRST_TEXTS } from './compile-texts.ts';

/** What a phone on a slow line fetches, gzipped, before the home page can answer. */
const LARGEST_FIRST_PAGE_BYTES = 100_000;
/** A page opened later may cost this much on top. */
const LARGEST_LAZY_BYTES = 45_000;

interface BundleReport {
  firstPageBytes: number;
  largestLazy: { fileName: string; bytes: number };
  faults: string[];
}

type Chunk = Rolldown.OutputChunk;

function withStaticImports(
  entry: Chunk,
  chunks: Map<string, Chunk>,
  seen: Set<Chunk> = new Set(),
): Set<Chunk> {
  if (seen.has(entry)) return seen;
  seen.add(entry);
  for (const name of entry.imports) {
    const imported = chunks.get(name);
    if (imported) withStaticImports(imported, chunks, seen);
  }
  return seen;
}

const gzippedBytes = (chunk: Chunk) => gzipSync(chunk.code, { level: 9 }).byteLength;

/** Builds the storefront in memory and answers how heavy its JavaScript is; `faults` is empty when it is light enough. */
export async function checkBundleSize(): Promise<BundleReport> {
  const outcome = await build({ root: import.meta.dirname, logLevel: 'error', build: { write: false } });
  const outputs = (Array.isArray(outcome) ? outcome : [outcome]).flatMap((one) =>
    'output' in one ? one.output : [],
  );
  const chunks = new Map(
    outputs.filter((one) => one.type === 'chunk').map((chunk) => [chunk.fileName, chunk]),
  );
  const entry = [...chunks.values()].find(({ isEntry, name }) => isEntry && name === 'index');
  if (!entry) throw new Error('the build has no entry');
  const first = withStaticImports(entry, chunks);
  // One of the languages comes along; the heaviest counts.
  const texts = [...chunks.values()].filter(({ facadeModuleId }) => FIRST_TEXTS.test(facadeModuleId ?? ''));
  const firstPageBytes =
    [...first].reduce((sum, chunk) => sum + gzippedBytes(chunk), 0) + Math.max(0, ...texts.map(gzippedBytes));
  const largestLazy = [...chunks.values()]
    .filter((chunk) => !first.has(chunk))
    .map((chunk) => ({ fileName: chunk.fileName, bytes: gzippedBytes(chunk) }))
    .reduce((largest, one) => (one.bytes > largest.bytes ? one : largest), { fileName: 'none', bytes: 0 });
  const faults = [
    ...(firstPageBytes > LARGEST_FIRST_PAGE_BYTES
      ? [
          `the first page has ${firstPageBytes} bytes of JavaScript (gzip); ${LARGEST_FIRST_PAGE_BYTES} are allowed`,
        ]
      : []),
    ...(largestLazy.bytes > LARGEST_LAZY_BYTES
      ? [`${largestLazy.fileName} has ${largestLazy.bytes} bytes (gzip); ${LARGEST_LAZY_BYTES} are allowed`]
      : []),
  ];
  return { firstPageBytes, largestLazy, faults };
}

if (import.meta.main) {
  const { firstPageBytes, largestLazy, faults } = await checkBundleSize();
  const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`;
  process.stdout.write(
    `first page ${kilobytes(firstPageBytes)} gzip, largest page opened later ${kilobytes(largestLazy.bytes)}\n`,
  );
  for (const fault of faults) process.stderr.write(`${fault}\n`);
  if (faults.length > 0) process.exitCode = 1;
}
