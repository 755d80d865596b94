// Who may import whom (docs/architecture.md). The rules read the folders, so a new feature is fenced from its first day.
const types = { dependencyTypesNot: ['type-only'] };
const tests = '\\.(test|spec)\\.tsx?$';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'contract-is-a-leaf',
      severity: 'error',
      from: { path: '^backend/contract', pathNot: tests },
      to: { pathNot: ['^backend/contract', 'node_modules/zod/'] },
    },
    {
      name: 'features-take-only-types-of-each-other',
      severity: 'error',
      from: { path: '^backend/src/features/([^/]+)/', pathNot: tests },
      to: { path: '^backend/src/features/', pathNot: '^backend/src/features/$1/', ...types },
    },
    // The rooms of fulfillment, from below: pizzas, fault reports, factories, figures, orders, invariants.
    ...[
      ['pizzas', 'fault-reports|factories|figures|orders|invariants'],
      ['fault-reports', 'factories|figures|orders|invariants'],
      ['factories', 'figures|orders|invariants'],
      ['figures', 'orders|invariants'],
      ['orders', 'invariants'],
    ].map(([room, above]) => ({
      name: `fulfillment-${room}-imports-downward`,
      severity: 'error',
      from: { path: `^backend/src/features/fulfillment/${room}/`, pathNot: tests },
      to: { path: `^backend/src/features/fulfillment/(${above})/` },
    })),
    {
      name: 'the-outages-are-a-leaf',
      severity: 'error',
      from: { path: '^backend/outages/' },
      to: { path: '^(backend|frontend)/', pathNot: '^backend/outages/' },
    },
    {
      name: 'only-routes-and-http-know-express',
      severity: 'error',
      from: {
        path: '^backend/src',
        pathNot: ['^backend/src/http/', '\\.routes\\.ts$', '^backend/src/compose\\.ts$', tests],
      },
      to: { path: 'node_modules/express/' },
    },
    {
      name: 'only-repositories-and-database-know-sql',
      severity: 'error',
      from: { path: '^backend/src', pathNot: ['^backend/src/database/', '\\.repository\\.ts$', tests] },
      to: { path: 'node_modules/(kysely|mysql2)/' },
    },
    {
      name: 'only-clients-call-out',
      severity: 'error',
      from: { path: '^backend/src', pathNot: ['\\.client\\.ts$', tests] },
      to: { path: 'node_modules/undici/' },
    },
    {
      name: 'only-tracing-knows-open-telemetry',
      severity: 'error',
      from: {
        path: '^backend/src',
        pathNot: '^backend/src/observability/(open-telemetry|current-span|[a-z]+-spans)\\.ts$',
      },
      to: { path: 'node_modules/@opentelemetry/' },
    },
    {
      name: 'tracing-is-loaded-when-it-is-asked-for',
      severity: 'error',
      from: { path: '^backend/src', pathNot: '^backend/src/observability/open-telemetry\\.ts$' },
      to: {
        path: '^backend/src/observability/(open-telemetry|[a-z]+-spans)\\.ts$',
        dynamic: false,
        ...types,
      },
    },
    {
      name: 'foundations-never-import-features',
      severity: 'error',
      from: { path: '^backend/src/(http|database|observability)/', pathNot: tests },
      to: { path: '^backend/src/features/' },
    },
    {
      name: 'only-mains-and-tests-compose',
      severity: 'error',
      from: {
        path: '^backend',
        pathNot: ['^backend/src/((main|worker)\\.ts|commands/)', '^backend/test/', tests],
      },
      to: { path: '^backend/src/compose\\.ts$', ...types },
    },
    {
      name: 'the-factory-is-an-outside-system',
      severity: 'error',
      from: { path: '^backend/factory-simulator/', pathNot: tests },
      to: { path: '^backend/(src|contract|local-stack|test)/' },
    },
    {
      name: 'the-drill-judges-from-outside',
      severity: 'error',
      from: { path: '^backend/drill/' },
      to: { path: '^backend/(src|factory-simulator|test)/' },
    },
    {
      name: 'the-drill-takes-only-types-of-the-contract',
      severity: 'error',
      from: { path: '^backend/drill/' },
      to: { path: '^backend/contract/', ...types },
    },
    {
      name: 'the-service-knows-no-simulator-and-no-local-stack',
      severity: 'error',
      from: { path: '^backend/src/', pathNot: tests },
      to: { path: '^backend/(drill|factory-simulator|local-stack|test)/' },
    },
    {
      name: 'the-storefront-knows-the-contract-only',
      severity: 'error',
      from: { path: '^frontend/src/' },
      to: { path: '^backend/', pathNot: '^backend/contract/' },
    },
    {
      name: 'zod-stays-out-of-the-browser',
      severity: 'error',
      from: { path: '^frontend/src/', pathNot: tests },
      to: {
        path: '^backend/contract/',
        pathNot: '^backend/contract/(money|order-lifecycle)\\.ts$',
        ...types,
      },
    },
    {
      name: 'storefront-features-stay-apart',
      severity: 'error',
      from: { path: '^frontend/src/features/([^/]+)/' },
      to: { path: '^frontend/src/(features/(?!$1/)|app/(?!paths\\.ts$))', ...types },
    },
    {
      name: 'lib-and-ui-are-below-features',
      severity: 'error',
      from: { path: '^frontend/src/(lib|ui)/' },
      to: { path: '^frontend/src/(features|app)/' },
    },
    {
      name: 'lib-is-below-ui',
      severity: 'error',
      from: { path: '^frontend/src/lib/' },
      to: { path: '^frontend/src/ui/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^frontend/dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json', '.css'],
    },
  },
};
