module.exports = require('../../eslint.package')(__dirname, {
  rules: {
    // One file is shipped, with all of this bundled into it: a package that is installed from anywhere asks for nothing.
    '@backstage/no-undeclared-imports': 'off',
    'import/no-extraneous-dependencies': ['error', { devDependencies: true }],
  },
});
