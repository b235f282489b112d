import type { HorizontalPodAutoscaler } from '@waymark/kube-graph';
import { scalerFaults } from '../causes/autoscaler/scalerFaults';
import { conditionOf } from '../pods/podState';
import { alone } from '../verdict/Standing';
import type { KindJudge } from './SubjectJudge';

/** Source: Argo CD health_hpa.go, without its alarm about the first readings (argoproj/argo-cd #6287). */
export const horizontalPodAutoscaler: KindJudge<HorizontalPodAutoscaler> = {
  reads: { HorizontalPodAutoscaler: { fields: ['/spec', '/status'] } },
  standing({ subject }) {
    const active = conditionOf(subject, 'ScalingActive');
    const able = conditionOf(subject, 'AbleToScale');
    if (active?.reason === 'ScalingDisabled') return alone('suspended', active.lastTransitionTime);
    return active?.status === 'True' && able?.status === 'True'
      ? alone('healthy', active.lastTransitionTime)
      : alone('progressing');
  },
  faults: ({ subject, clock }) => scalerFaults(subject, clock),
};
