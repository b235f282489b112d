import { matches, type Requirement } from '../../kubernetes/selectors/LabelSelector';
import { parseLabelSelector } from '../../kubernetes/selectors/parseLabelSelector';
import { type Application, ARGOCD_NAMESPACE, sourcesOf } from '../application/Application';
import { ApiRefusal } from './ApiRefusal';

/** The filters of lists and streams. */
export interface ApplicationQuery {
  name?: string;
  projects: readonly string[];
  selector: readonly Requirement[];
  namespace?: string;
  repo?: string;
}

type Parameters = Readonly<Record<string, unknown>>;

export function parseQuery(query: Parameters): ApplicationQuery {
  return {
    name: text(query.name),
    projects: [...list(query.projects), ...list(query.project)],
    selector: selectorOf(text(query.selector)),
    namespace: text(query.appNamespace),
    repo: text(query.repo),
  };
}

export function isMatch(application: Application, query: ApplicationQuery): boolean {
  const { metadata, spec } = application;
  return (
    (!query.name || metadata.name === query.name) &&
    (query.projects.length === 0 || query.projects.includes(spec.project)) &&
    (!query.namespace || query.namespace === ARGOCD_NAMESPACE) &&
    (!query.repo || sourcesOf(spec).some(({ repoURL }) => repoURL === query.repo)) &&
    matches(query.selector, metadata.labels)
  );
}

function selectorOf(selector: string | undefined): Requirement[] {
  if (!selector) return [];
  try {
    return parseLabelSelector(selector);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ApiRefusal('Unknown', `error parsing the selector: ${reason}`);
  }
}

export const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

const list = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter(
    (item): item is string => typeof item === 'string' && item !== '',
  );
