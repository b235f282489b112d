import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Flex, Text } from '@backstage/ui';
import type { ReadinessSummary } from '@waymark/backstage-plugin-workload-health-common';
import { workloadHealthTranslationRef } from '../../translation';
import { LevelMarks } from './LevelMarks';

/** Readiness in one line for the overview: the levels, and how many findings the page lists. */
export const ReadinessLine = ({
  readiness,
  lastKnown = false,
}: {
  readonly readiness: ReadinessSummary;
  readonly lastKnown?: boolean;
}) => {
  const { t } = useTranslationRef(workloadHealthTranslationRef);
  const { levels, total } = readiness;
  return (
    <Flex gap="4" align="baseline" style={{ flexWrap: 'wrap' }}>
      <Text as="span" color="secondary">
        {t('page.readiness')}
      </Text>
      <LevelMarks levels={levels} lastKnown={lastKnown} />
      {total > 0 && (
        <Text as="span" color="secondary">
          {t('readiness.found', { count: total })}
        </Text>
      )}
    </Flex>
  );
};
