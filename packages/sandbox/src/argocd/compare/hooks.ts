import type { KubeObject } from '../../kubernetes/objects/KubeObject';
import type { SyncPhase } from '../application/Application';

const ARGOCD_HOOK = 'argocd.argoproj.io/hook';
const HELM_HOOK = 'helm.sh/hook';

// docs/user-guide/helm.md of Argo CD: how Helm's hooks become its own. The others have no counterpart and are left out.
const helmPhases: Readonly<Record<string, SyncPhase>> = {
  'pre-install': 'PreSync',
  'pre-upgrade': 'PreSync',
  'post-install': 'PostSync',
  'post-upgrade': 'PostSync',
};

const phases: readonly string[] = ['PreSync', 'Sync', 'PostSync'];

/** `crd-install` is no hook: the object is deployed like any other. */
export function isHook({ metadata }: KubeObject): boolean {
  const annotations = metadata.annotations ?? {};
  const helm = annotations[HELM_HOOK];
  return Boolean(annotations[ARGOCD_HOOK] || (helm && helm !== 'crd-install'));
}

/** When in a sync the hook runs; undefined for hooks that a sync does not run, such as `helm test`. */
export function hookPhase({ metadata }: KubeObject): SyncPhase | undefined {
  const annotations = metadata.annotations ?? {};
  const own = annotations[ARGOCD_HOOK]?.split(',').map(name => name.trim());
  if (own) return own.find(name => phases.includes(name)) as SyncPhase | undefined;
  const helm = annotations[HELM_HOOK]?.split(',').map(name => name.trim()) ?? [];
  return helm.map(name => helmPhases[name]).find(Boolean);
}

/** Smaller waves go first; Helm calls it weight. */
export function waveOf({ metadata }: KubeObject): number {
  const annotations = metadata.annotations ?? {};
  const text =
    annotations['argocd.argoproj.io/sync-wave'] ?? annotations['helm.sh/hook-weight'] ?? '0';
  return Number.parseInt(text, 10) || 0;
}
