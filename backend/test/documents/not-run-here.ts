interface NotRunHere {
  is: RegExp;
  why: string;
  /** The test or the workflow that runs it, or its like. */
  seenBy: string;
}

const CI = '.github/workflows/ci.yml';
/** No test does: whoever reads the document is the first. */
export const BY_HAND = 'by hand';

/** The commands of documents that the tests of documents do not run, and who does. A command that is in neither fails them. */
export const NOT_RUN_HERE: readonly NotRunHere[] = [
  { is: /^npm start$/, why: 'the whole demo', seenBy: 'scripts/start.test.ts' },
  { is: /^npm run dev$/, why: 'watchers that stay', seenBy: BY_HAND },
  { is: /^npm run check$/, why: 'a part of npm test', seenBy: 'backend/test/run/test-parts.ts' },
  { is: /^(?:[A-Z\d_]+=\S+ )*npm test\b/, why: 'the tests themselves', seenBy: CI },
  { is: /^npm run (?:--silent )?drill\b/, why: 'takes minutes', seenBy: 'backend/drill/drill.test.ts' },
  { is: /^npm run (?:--silent )?bench\b/, why: 'takes minutes', seenBy: BY_HAND },
  { is: /^npm run fuzz\b/, why: 'takes minutes', seenBy: 'backend/test/api/fuzz.test.ts' },
  { is: /^npm run model\b/, why: 'takes minutes', seenBy: 'backend/test/model/order-life.model.test.ts' },
  { is: /^npm run lighthouse$/, why: 'fetches Lighthouse', seenBy: BY_HAND },
  {
    is: /^npm run (?:factory|figures|create-admin)$/,
    why: 'the name of a command; alone it tells its usage',
    seenBy: 'backend/src/doors.test.ts',
  },
  { is: /^npm (?:ci|install)\b/, why: 'installs', seenBy: CI },
  { is: /^node (?:--\S+ )*backend\/src\/main\.ts$/, why: 'stays', seenBy: 'backend/src/main.test.ts' },
  { is: /^node frontend\/check-bundle-size\.ts$/, why: 'a part of npm test', seenBy: CI },
  {
    is: /\bnode backend\/factory-simulator\/main\.ts$/,
    why: 'stays',
    seenBy: 'backend/factory-simulator/factory-simulator.process.test.ts',
  },
  {
    is: /^(?:mariadb-dump|mariadb|mysqldump|mysql|mariadb-binlog|tail) /,
    why: 'needs the programs of the database',
    seenBy: 'backend/test/operations/restore.test.ts',
  },
  { is: /^promtool /, why: 'needs Prometheus', seenBy: 'backend/test/alerts/rules.test.ts' },
  {
    is: /^(?:alias pizza='docker compose .*|pizza|docker|(?:[A-Z\d_]+=\S+ )+(?:docker|pizza)) ?/,
    why: 'needs a container engine',
    seenBy: 'backend/test/operations/compose.test.ts',
  },
  { is: /^ops\/smoke-start\.sh$/, why: 'needs a container engine', seenBy: CI },
  { is: /^(?:git|openssl|cp|cd|chmod) /, why: 'a program of the machine', seenBy: BY_HAND },
];
