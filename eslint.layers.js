/**
 * DESIGN.md §1 as data: which of our own packages each package may import. Enforced by eslint.package.js.
 * 'pure' packages may import these and nothing else at all: no npm package, no Node.
 */
const kubeGraph = '@waymark/kube-graph';
const readiness = '@waymark/readiness';
const health = '@waymark/health';
const watch = '@waymark/cluster-watch';
const kit = '@waymark/template-kit';
const cardKit = '@waymark/card-kit';
const plugin = id => `@waymark/backstage-plugin-${id}`;

const pure = (...own) => ({ own, pure: true });
const layer = (...own) => ({ own, pure: false });

const family = id => ({
  [plugin(`${id}-common`)]: layer(kubeGraph, readiness, health),
  [plugin(id)]: layer(plugin(`${id}-common`), cardKit),
  [plugin(`${id}-backend`)]: layer(plugin(`${id}-common`), kubeGraph, readiness, health, watch),
});

module.exports = {
  [kubeGraph]: pure(),
  [readiness]: pure(kubeGraph),
  [health]: pure(kubeGraph),
  [watch]: layer(kubeGraph),
  [kit]: layer(readiness, kubeGraph),
  [cardKit]: layer(),
  '@waymark/cli': layer(kubeGraph, readiness, health, kit, watch),
  '@waymark/sandbox': layer(),
  ...family('workload-health'),
  ...family('argocd-delivery'),
  [plugin('golden-paths')]: layer(),
  [plugin('catalog-backend-module-waymark')]: layer(),
  [plugin('scaffolder-backend-module-waymark')]: layer(kubeGraph, readiness, kit),
  app: layer(plugin('workload-health'), plugin('argocd-delivery'), plugin('golden-paths')),
  backend: layer(
    plugin('workload-health-backend'),
    plugin('argocd-delivery-backend'),
    plugin('scaffolder-backend-module-waymark'),
    plugin('catalog-backend-module-waymark'),
    '@waymark/test',
    '@waymark/sandbox',
  ),
  '@waymark/test': layer('*'),
};
