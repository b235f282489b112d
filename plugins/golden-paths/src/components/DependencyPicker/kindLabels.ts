import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { DEPENDENCY_KINDS, type DependencyKind } from '../../dependency/Dependency';

export type KindLabels = ReadonlyMap<DependencyKind, string>;

/** The kinds that a template takes, as its schema names them: `enum` and `enumNames` of an item's type. */
export function kindLabels({ items }: FieldExtensionComponentProps<unknown>['schema']): KindLabels {
  const { properties = {} } = typeof items === 'object' && !Array.isArray(items) ? items : {};
  const type = properties.type as { enum?: unknown[]; enumNames?: string[] } | undefined;
  const labels = (type?.enum ?? []).map((kind, index): [unknown, string] => [
    kind,
    type?.enumNames?.[index] ?? String(kind),
  ]);
  return new Map(labels.filter((entry): entry is [DependencyKind, string] => isKind(entry[0])));
}

function isKind(value: unknown): value is DependencyKind {
  return typeof value === 'string' && value in DEPENDENCY_KINDS;
}
