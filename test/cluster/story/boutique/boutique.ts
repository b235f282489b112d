import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { loadAll } from 'js-yaml';
import { root } from '../../../suites/runProgram';
import type { KubeObject } from '../../world/kubeApi';

export const boutiqueNamespace = 'boutique';

/** Collected real manifests: beside the checkout, or where the caller keeps them. */
const corpora = process.env.WAYMARK_CORPORA ?? resolve(root, '../shared/corpora');

export const boutiqueFile = join(corpora, 'microservices-demo/release/kubernetes-manifests.yaml');

/** A rendered release that other people wrote; nothing where it has not been collected. */
export const boutiqueObjects = (): KubeObject[] =>
  existsSync(boutiqueFile)
    ? (loadAll(readFileSync(boutiqueFile, 'utf8')) as (KubeObject | null)[]).filter(
        object => object !== null,
      )
    : [];

export const boutiqueServices = (): string[] =>
  boutiqueObjects()
    .filter(({ kind }) => kind === 'Deployment')
    .map(({ metadata }) => metadata.name);
