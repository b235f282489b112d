import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Checkbox, Grid, NumberField, Select, TextField } from '@backstage/ui';
import {
  type Dependency,
  type DependencyKind,
  hasTls,
  withKind,
  withTls,
} from '../../dependency/Dependency';
import { goldenPathsTranslationRef } from '../../translation';
import type { KindLabels } from './kindLabels';

export interface DependencyDetailsProps {
  readonly dependency: Dependency;
  readonly kinds: KindLabels;
  readonly onChange: (changed: Dependency) => void;
}

/** The fields of one dependency, for what the catalog or the address did not tell. */
export const DependencyDetails = ({ dependency, kinds, onChange }: DependencyDetailsProps) => {
  const { t } = useTranslationRef(goldenPathsTranslationRef);
  const { type, host, namespace, port, tls, required } = dependency;
  // An empty answer is no answer: the template's patterns refuse "".
  const answer = (key: 'host' | 'namespace') => (text: string) => {
    const { [key]: _, ...rest } = dependency;
    onChange(text ? { ...rest, [key]: text.trim() } : rest);
  };
  return (
    <Grid.Root columns={{ initial: '1', sm: '2' }} gap="3">
      <Select
        label={t('dependency.kind')}
        placeholder={t('dependency.choose')}
        options={[...kinds].map(([id, label]) => ({ id, label }))}
        selectedKey={type ?? null}
        onSelectionChange={kind => onChange(withKind(dependency, kind as DependencyKind))}
        isInvalid={!type}
      />
      <NumberField
        label={t('dependency.port')}
        value={port ?? NaN}
        minValue={1}
        maxValue={65535}
        onChange={value =>
          onChange({ ...dependency, port: Number.isNaN(value) ? undefined : value })
        }
      />
      <TextField
        label={t('dependency.host')}
        description={t(type === 'https' ? 'dependency.hostNeeded' : 'dependency.hostHint')}
        value={host ?? ''}
        isInvalid={type === 'https' && !host}
        onChange={answer('host')}
      />
      {!host && type !== 'https' && (
        <TextField
          label={t('dependency.namespace')}
          description={t('dependency.namespaceHint')}
          value={namespace ?? ''}
          onChange={answer('namespace')}
        />
      )}
      {hasTls(dependency) && (
        <Checkbox
          isSelected={tls ?? false}
          onChange={selected => onChange(withTls(dependency, selected))}
        >
          {t('dependency.tls')}
        </Checkbox>
      )}
      <Checkbox
        isSelected={required ?? false}
        onChange={selected => onChange({ ...dependency, required: selected })}
      >
        {t('dependency.required')}
      </Checkbox>
    </Grid.Root>
  );
};
