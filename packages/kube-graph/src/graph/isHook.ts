import type { KubeObject } from '../objects';

export const HOOK_ANNOTATIONS = ['helm.sh/hook', 'argocd.argoproj.io/hook'];

/** Helm tests and Argo CD hooks live for one release step: no rule about a service is meant for them. */
export const isHook = ({ metadata: { annotations } }: KubeObject) =>
  annotations !== undefined &&
  HOOK_ANNOTATIONS.some(annotation => annotations[annotation] !== undefined);
