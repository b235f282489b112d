import { join, resolve } from 'node:path';
import { root } from '../../../suites/runProgram';
import type { ExistingSystem } from './ExistingSystem';

/** Collected real manifests: beside the checkout, or where the caller keeps them. */
const corpora = process.env.WAYMARK_CORPORA ?? resolve(root, '../shared/corpora');

/** The rendered release of Google's microservices-demo. */
export const boutique: ExistingSystem = {
  title: 'Online Boutique',
  path: join(corpora, 'microservices-demo/release/kubernetes-manifests.yaml'),
  namespace: 'boutique',
  async prepare({ behaviours }) {
    // It asks for the frontend under a Service's name, which no DNS knows here.
    behaviours.set('boutique/loadgenerator-*/frontend-check', { exitAfter: 0.2 });
  },
};
