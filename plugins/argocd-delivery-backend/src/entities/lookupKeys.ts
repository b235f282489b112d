import { labelKey, labelKeysOf, parseSelector } from '@waymark/kube-graph';
import type { Application } from '../applications/Application';
import { repositoryOf, type ApplicationSelector } from './selectorOf';

/** For a label selector that says only what must not be, or that a label must be there. */
const ANY = '*';

const nameKey = (name: string) => `name ${name}`;
const repositoryKey = (repository: string) => `repository ${repository}`;

/**
 * Keys of which every application that the selector finds has at least one. Whether it is found is `applicationsOf`'s to
 * say. What claims an entity names it itself, and needs no key.
 */
export function keysOfSelector({
  appNames,
  appSelector,
  repository,
}: ApplicationSelector): readonly string[] {
  if (appNames) return appNames.map(nameKey);
  if (appSelector) return keysOfLabels(appSelector);
  return repository ? [repositoryKey(repository)] : [];
}

export function keysOfApplication({ name, labels, repositories }: Application): readonly string[] {
  return [
    ANY,
    nameKey(name),
    ...Object.entries(labels).map(([label, value]) => labelKey(label, value)),
    ...repositories.flatMap(url => {
      const repository = repositoryOf(url);
      return repository ? [repositoryKey(repository)] : [];
    }),
  ];
}

function keysOfLabels(text: string): readonly string[] {
  const selector = parseSelector(text);
  return selector ? (labelKeysOf(selector) ?? [ANY]) : [];
}
