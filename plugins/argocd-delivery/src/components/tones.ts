import type {
  DeliveryApplication,
  DeliveryOperation,
} from '@waymark/backstage-plugin-argocd-delivery-common';
import type { Tone } from '@waymark/card-kit';

export const syncTone: Readonly<Record<DeliveryApplication['sync']['status'], Tone>> = {
  Synced: 'good',
  OutOfSync: 'impaired',
  Unknown: 'unknown',
};

export const healthTone: Readonly<Record<DeliveryApplication['health']['status'], Tone>> = {
  Healthy: 'good',
  Suspended: 'paused',
  Progressing: 'moving',
  Missing: 'impaired',
  Degraded: 'broken',
  Unknown: 'unknown',
};

export const operationTone: Readonly<Record<DeliveryOperation['phase'], Tone>> = {
  Running: 'moving',
  Terminating: 'moving',
  Succeeded: 'good',
  Failed: 'broken',
  Error: 'broken',
};
