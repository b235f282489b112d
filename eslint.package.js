const { builtinModules } = require('node:module');
const backstage = require('@backstage/cli/config/eslint-factory');
const layers = require('./eslint.layers');

const WEB = ['frontend', 'frontend-plugin', 'frontend-plugin-module', 'web-library'];
const LEGACY = [
  '@material-ui/*',
  '@mui/*',
  'moment',
  '@backstage/core-compat-api',
  '@backstage/test-utils',
];
const NODE = [
  'node:*',
  ...builtinModules.filter(name => !name.startsWith('_')),
  '@kubernetes/client-node',
  '@aws-sdk/*',
  '@backstage/backend-*',
  '@backstage/plugin-*-backend',
  '@backstage/plugin-*-node',
];

const builtins = builtinModules.map(name => name.replace('/', '\\/')).join('|');
const isBuiltin = `[value=/^(node:|(${builtins})$)/]`;
// The stock rule reads static imports only; these two close `import('node:os')` and `require('os')`.
const NO_DYNAMIC_NODE = [
  {
    selector: `ImportExpression > Literal${isBuiltin}`,
    message: 'This package runs in the browser or is pure: no Node.',
  },
  {
    selector: `CallExpression[callee.name='require'] > Literal${isBuiltin}`,
    message: 'This package runs in the browser or is pure: no Node.',
  },
];
// What the factory itself forbids in web roles; naming no-restricted-syntax again would drop it.
const NO_REACT_DEFAULT = [
  {
    selector: "ImportDeclaration[source.value='react'][specifiers.0.type='ImportDefaultSpecifier']",
    message: 'Import what you use of React by name.',
  },
  {
    selector: "ImportDeclaration[source.value='react'] :matches(ImportNamespaceSpecifier)",
    message: 'Import what you use of React by name.',
  },
];
const NO_COLOUR = [
  {
    selector: 'Literal[value=/^#([0-9a-f]{3}|[0-9a-f]{6})$/i]',
    message: 'No literal colours: use a --bui-* token.',
  },
];

/** One line in every package: `module.exports = require('../../eslint.package')(__dirname);` */
module.exports = (dir, extra = {}) => {
  const { name, backstage: { role } = {} } = require(`${dir}/package.json`);
  const layer = layers[name];
  if (!layer)
    throw new Error(
      `${name} has no row in eslint.layers.js: say which of our packages it may import`,
    );
  const web = WEB.includes(role);
  const noNode = web || role === 'common-library';

  const ownPatterns = [
    '@waymark/*',
    ...layer.own.map(own => (own === '*' ? '!@waymark/*' : `!${own}`)),
  ];
  const patterns = layer.pure
    ? [
        '/*',
        '!/.*',
        ...(layer.own.length
          ? ['!/@waymark', '/@waymark/*', ...layer.own.map(own => `!/${own}`)]
          : []),
      ]
    : [
        ...ownPatterns,
        ...(web ? LEGACY : []),
        ...(noNode ? NODE : []),
        ...(extra.restrictedImportPatterns ?? []),
      ];
  const classic = web && role === 'frontend-plugin' ? ['@backstage/core-plugin-api'] : [];
  const tested = layer.pure ? ownPatterns : patterns;

  return backstage(dir, {
    ...extra,
    restrictedImportPatterns: [...patterns, ...classic],
    rules: {
      '@backstage/no-mixed-plugin-imports': [
        'error',
        { includedFiles: ['**/src/**', '**/dev/**'] },
      ],
      // Read top-down: the main export first, what it is made of below.
      '@typescript-eslint/no-use-before-define': [
        'error',
        { functions: false, variables: false, classes: false },
      ],
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
      'no-restricted-syntax': [
        'error',
        ...(noNode ? NO_DYNAMIC_NODE : []),
        ...(web ? [...NO_REACT_DEFAULT, ...NO_COLOUR] : []),
      ],
      ...extra.rules,
    },
    overrides: [
      // The factory drops import patterns in tests: name them again. Tests of pure packages read case files.
      {
        files: ['**/*.test.*', '**/setupTests.*', 'dev/**'],
        rules: {
          'no-restricted-imports': ['error', { patterns: [{ group: tested }] }],
          'no-restricted-syntax': 'off',
        },
      },
      // The one place for portals on the classic frontend system.
      {
        files: ['src/legacy.tsx', 'src/legacy.test.tsx'],
        rules: {
          'no-restricted-imports': [
            'error',
            { patterns: [{ group: patterns.filter(name => name !== '@backstage/test-utils') }] },
          ],
        },
      },
      ...(extra.overrides ?? []),
    ],
  });
};
