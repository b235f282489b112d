import { existsSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import type { KubeObject } from '../../kubernetes/objects/KubeObject';
import type { Application, Source, SourceType } from '../application/Application';
import { sourcesOf } from '../application/Application';
import { readDirectory } from './readDirectory';
import { type Helm, renderChart } from './renderChart';
import type { Repositories } from './Repositories';
import { fromRepoServer, SourceError } from './SourceError';

/** The wanted state of an application: what its sources render to at fixed commits. */
export interface Manifests {
  /** One commit for each source. */
  revisions: string[];
  sourceTypes: SourceType[];
  objects: KubeObject[];
}

export interface Wanted {
  sources: readonly Source[];
  /** Revisions to use instead of each source's own. */
  revisions?: readonly (string | undefined)[];
}

const MAX_RENDERED = 256;

/** Reads the wanted state of applications out of Git, as the repo server does. */
export class ManifestSource {
  private readonly rendered = new Map<
    string,
    Promise<{ type: SourceType; objects: KubeObject[] }>
  >();

  constructor(
    readonly repositories: Repositories,
    private readonly helm: Helm,
  ) {}

  /** What the application would deploy now. Rendering the same commit again is free unless `hard`. */
  async load(
    application: Application,
    { sources = sourcesOf(application.spec), revisions = [] }: Partial<Wanted> = {},
    { hard = false }: { hard?: boolean } = {},
  ): Promise<Manifests> {
    const commits = await Promise.all(
      sources.map((source, index) =>
        this.repositories.resolve(source.repoURL, revisions[index] || source.targetRevision),
      ),
    ).catch(error => {
      throw wrapped(error, 1, sources.length);
    });
    const refs = await this.referenced(sources, commits);
    const parts = await Promise.all(
      sources.map((source, index) =>
        this.render({ application, source, commit: commits[index], refs, hard }).catch(error => {
          throw wrapped(error, index + 1, sources.length);
        }),
      ),
    );
    return {
      revisions: commits,
      sourceTypes: parts.map(({ type }) => type),
      objects: parts.flatMap(({ objects }) => objects),
    };
  }

  private async referenced(sources: readonly Source[], commits: readonly string[]) {
    const refs = new Map<string, string>();
    for (const [index, { ref, repoURL }] of sources.entries()) {
      if (ref) refs.set(ref, await this.repositories.checkout(repoURL, commits[index]));
    }
    return refs;
  }

  private render(job: RenderJob): Promise<{ type: SourceType; objects: KubeObject[] }> {
    const { name } = job.application.metadata;
    const { namespace } = job.application.spec.destination;
    const key = JSON.stringify([job.source, job.commit, name, namespace, [...job.refs]]);
    const known = job.hard ? undefined : this.rendered.get(key);
    const result = known ?? this.renderNow(job);
    this.rendered.set(key, result);
    const [oldest] = this.rendered.keys();
    if (this.rendered.size > MAX_RENDERED) this.rendered.delete(oldest);
    result.catch(() => this.rendered.delete(key));
    return result;
  }

  private async renderNow({ application, source, commit, refs }: RenderJob) {
    const { name } = application.metadata;
    const namespace = application.spec.destination.namespace ?? 'default';
    if (source.chart) {
      throw new SourceError(`${source.chart}: charts from chart repositories are not served here`);
    }
    const root = await realpath(await this.repositories.checkout(source.repoURL, commit));
    const folder = resolve(root, `./${source.path ?? '.'}`);
    if (!`${folder}${sep}`.startsWith(`${root}${sep}`)) {
      throw new SourceError(`${source.path}: app path outside root`);
    }
    if (source.ref && !source.path) return { type: 'Directory' as const, objects: [] };
    if (!existsSync(folder)) throw new SourceError(`${source.path}: app path does not exist`);
    const type = typeOf(source, folder);
    switch (type) {
      case 'Helm': {
        const settings = source.helm ?? {};
        const releaseName = settings.releaseName || name;
        const chart = { folder, root, refs, settings, releaseName, namespace };
        return { type, objects: await renderChart(this.helm, chart) };
      }
      case 'Kustomize':
        throw new SourceError(`${source.path}: Kustomize is not part of the sandbox`);
      default:
        return { type, objects: await readDirectory(folder, source.directory) };
    }
  }
}

interface RenderJob {
  application: Application;
  source: Source;
  commit: string;
  refs: ReadonlyMap<string, string>;
  hard: boolean;
}

function typeOf(source: Source, folder: string): SourceType {
  if (source.helm || existsSync(join(folder, 'Chart.yaml'))) return 'Helm';
  const kustomized = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];
  if (source.kustomize || kustomized.some(file => existsSync(join(folder, file)))) {
    return 'Kustomize';
  }
  return 'Directory';
}

function wrapped(error: unknown, position: number, count: number): unknown {
  if (!(error instanceof SourceError)) return error;
  const reason = fromRepoServer(error.message);
  return new SourceError(
    `failed to generate manifest for source ${position} of ${count}: ${reason}`,
    error,
  );
}
