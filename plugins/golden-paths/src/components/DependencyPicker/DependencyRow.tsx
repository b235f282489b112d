import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, ButtonIcon, Flex, Text } from '@backstage/ui';
import { RiDeleteBinLine } from '@remixicon/react';
import { type Dependency, isIncomplete } from '../../dependency/Dependency';
import { formatAddress } from '../../dependency/formatAddress';
import { goldenPathsTranslationRef } from '../../translation';
import { DependencyDetails } from './DependencyDetails';
import styles from './DependencyPicker.module.css';
import type { KindLabels } from './kindLabels';

export interface DependencyRowProps {
  readonly dependency: Dependency;
  readonly kinds: KindLabels;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
  readonly onChange: (changed: Dependency) => void;
  readonly onRemove: () => void;
}

/** One chosen dependency: what it is and where, in a line; its fields on demand, or while something is missing. */
export const DependencyRow = ({
  dependency,
  kinds,
  isOpen,
  onToggle,
  onChange,
  onRemove,
}: DependencyRowProps) => {
  const { t } = useTranslationRef(goldenPathsTranslationRef);
  const { name, type } = dependency;
  const incomplete = isIncomplete(dependency);
  const kind = (type && kinds.get(type)) ?? t('dependency.unknownKind');
  return (
    <Flex direction="column" gap="3">
      <Flex align="center" gap="2">
        <div className={styles.what}>
          <Text as="p" weight="bold">
            {name}
          </Text>
          <Text as="p" variant="body-small" color={incomplete ? 'danger' : 'secondary'}>
            {kind} · {formatAddress(dependency)}
          </Text>
        </div>
        <Button
          size="small"
          variant="tertiary"
          aria-label={t('dependency.change', { name })}
          aria-expanded={isOpen || incomplete}
          isDisabled={incomplete}
          onPress={onToggle}
        >
          {t('dependency.details')}
        </Button>
        <ButtonIcon
          size="small"
          variant="tertiary"
          aria-label={t('dependency.remove', { name })}
          icon={<RiDeleteBinLine />}
          onPress={onRemove}
        />
      </Flex>
      {(isOpen || incomplete) && (
        <DependencyDetails dependency={dependency} kinds={kinds} onChange={onChange} />
      )}
    </Flex>
  );
};
