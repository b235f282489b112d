import type { Controller } from './Controller';
import { keyOf } from './ownership';

const PROVISIONING_MILLISECONDS = 3000;

/** Ingress → the address of a load balancer, as the AWS Load Balancer Controller reports it. */
export const loadBalancerController: Controller = {
  name: 'aws-load-balancer-controller',

  *affected({ object, type }, { requeue }) {
    if (object.kind === 'Ingress' && type === 'ADDED') {
      requeue(keyOf(object), PROVISIONING_MILLISECONDS);
    }
    yield* [];
  },

  reconcile(key, { cluster }) {
    const ingress = cluster.get({ kind: 'Ingress', ...key });
    if (!ingress) return;
    const hostname = `k8s-${key.namespace}-${key.name}.eu-west-1.elb.example`;
    cluster.modify(
      ingress,
      draft => {
        draft.status = { loadBalancer: { ingress: [{ hostname }] } };
      },
      'status',
    );
  },
};
