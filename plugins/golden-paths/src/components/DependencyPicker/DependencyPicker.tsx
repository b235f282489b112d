import { useState } from 'react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { type Dependency, isIncomplete } from '../../dependency/Dependency';
import type { CatalogFilter } from '../../hooks/useCatalogSearch';
import { goldenPathsTranslationRef } from '../../translation';
import { DependencyRow } from './DependencyRow';
import { DependencySearch } from './DependencySearch';
import { kindLabels } from './kindLabels';
import styles from './DependencyPicker.module.css';

/** Options of the field in a template. */
export type DependencyPickerOptions = {
  /** What of the catalog is offered. */
  catalogFilter?: CatalogFilter;
};

const SERVICES_AND_RESOURCES: CatalogFilter = [
  { kind: 'component', 'spec.type': 'service' },
  { kind: 'resource' },
];

/** What the new service calls: searched in the catalog, or typed as host:port where the catalog does not have it. */
export const DependencyPicker = ({
  formData: chosen = [],
  onChange,
  schema,
  uiSchema,
  idSchema,
  disabled,
}: FieldExtensionComponentProps<Dependency[], DependencyPickerOptions>) => {
  const { t } = useTranslationRef(goldenPathsTranslationRef);
  const [opened, setOpened] = useState<number>();
  const kinds = kindLabels(schema);
  const full = chosen.length >= (schema.maxItems ?? Infinity);
  const add = ({ type, ...found }: Dependency) => {
    if (chosen.some(({ name }) => name === found.name)) return;
    // A kind that this template does not take is asked for.
    const dependency = type && kinds.has(type) ? { type, ...found } : found;
    if (isIncomplete(dependency)) setOpened(chosen.length);
    onChange([...chosen, dependency]);
  };
  return (
    <>
      <DependencySearch
        id={idSchema.$id}
        label={schema.title}
        description={schema.description}
        isDisabled={disabled || full}
        filter={uiSchema['ui:options']?.catalogFilter ?? SERVICES_AND_RESOURCES}
        chosen={chosen}
        onAdd={add}
      />
      {chosen.length > 0 && (
        <ul className={styles.list} aria-label={t('dependency.chosen')}>
          {chosen.map((dependency, index) => (
            // Rows are never reordered, and the name may be changed in its own row.
            // eslint-disable-next-line react/no-array-index-key
            <li key={index} className={styles.row}>
              <DependencyRow
                dependency={dependency}
                kinds={kinds}
                isOpen={opened === index}
                onToggle={() => setOpened(opened === index ? undefined : index)}
                onChange={changed => onChange(chosen.toSpliced(index, 1, changed))}
                onRemove={() => {
                  setOpened(undefined);
                  onChange(chosen.toSpliced(index, 1));
                }}
              />
            </li>
          ))}
        </ul>
      )}
    </>
  );
};
