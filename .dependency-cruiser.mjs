/** The import table of the architecture: a folder imports only what stands beside it here. */
const table = {
  call: [],
  metrics: [],
  pricing: ['call'],
  monitor: ['call', 'pricing'],
  reporters: ['monitor', 'metrics', 'call'],
  openai: ['monitor', 'call'],
  access: [],
  gateway: ['monitor', 'call', 'openai', 'access'],
  exporter: ['metrics', 'access'],
  config: [],
  generators: ['metrics', 'config'],
  simulator: ['call'],
  preview: ['metrics', 'access'],
};
const withErrors = (folder, allowed) => (['call', 'metrics'].includes(folder) ? allowed : [...allowed, 'errors']);

const folderRules = Object.entries(table).map(([folder, allowed]) => ({
  name: `${folder}-imports`,
  comment: `src/${folder} may import only: ${[folder, ...withErrors(folder, allowed)].join(', ')}`,
  severity: 'error',
  from: { path: `^src/${folder}/` },
  to: {
    path: '^src/',
    pathNot: `^src/(${[folder, ...withErrors(folder, allowed)].map((f) => (f === 'errors' ? 'errors\\.ts$' : `${f}/`)).join('|')})`,
  },
}));

const onlyIn = (name, target, folders, extra = {}) => ({
  name,
  severity: 'error',
  from: { path: '^src/', pathNot: `^src/(${folders.join('|')})/` },
  to: { path: target, ...extra },
});

/** Folders from which others may take types only. */
const typesOnly = (from, to) => ({
  name: `${from}-takes-only-types-of-${to}`,
  severity: 'error',
  from: { path: `^src/${from}/` },
  to: { path: `^src/${to}/`, dependencyTypesNot: ['type-only'] },
});

export default {
  forbidden: [
    {
      name: 'no-circle',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'errors-imports-nothing', severity: 'error', from: { path: '^src/errors\\.ts$' }, to: { path: '^src/' } },
    ...folderRules,
    typesOnly('reporters', 'monitor'),
    typesOnly('generators', 'config'),
    onlyIn('prom-client-in-reporters-and-exporter', 'node_modules/prom-client', ['reporters', 'exporter']),
    onlyIn('express-in-exporter', 'node_modules/(@types/)?express', ['exporter']),
    onlyIn('fs-in-cli-and-config', '^(node:)?fs(/promises)?$', ['cli', 'config']),
    {
      name: 'openai-types-only',
      severity: 'error',
      from: { path: '^src/openai/' },
      to: { path: 'node_modules/openai', dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|test)/' },
  },
};
