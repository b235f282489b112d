import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Flex, Text } from '@backstage/ui';
import type { ReadinessSummary } from '@waymark/backstage-plugin-workload-health-common';
import { StatusMark, type Tone } from '@waymark/card-kit';
import { workloadHealthTranslationRef } from '../../translation';

type Level = ReadinessSummary['levels'][number];

/** The levels in their order; `detailed` adds to each what keeps it from being reached. */
export const LevelMarks = ({
  levels,
  detailed = false,
  lastKnown = false,
}: {
  readonly levels: readonly Level[];
  readonly detailed?: boolean;
  readonly lastKnown?: boolean;
}) => {
  const { t } = useTranslationRef(workloadHealthTranslationRef);
  return (
    <Flex gap="4" style={{ flexWrap: 'wrap' }}>
      {levels.map(level => (
        <Flex key={level.level} direction="column" gap="1">
          <StatusMark
            tone={toneOf(level)}
            label={t(`readiness.level.${level.level}`)}
            lastKnown={lastKnown}
          />
          {detailed && <Standing {...level} />}
        </Flex>
      ))}
    </Flex>
  );
};

const Standing = ({ reached, fail, unknown }: Level) => {
  const { t } = useTranslationRef(workloadHealthTranslationRef);
  return (
    <Text as="span" color="secondary" variant="body-small">
      {reached && t('readiness.reached')}
      {!reached && fail + unknown === 0 && t('readiness.waiting')}
      {!reached &&
        fail + unknown > 0 &&
        t('readiness.missing', { fail: String(fail), unknown: String(unknown) })}
    </Text>
  );
};

function toneOf({ reached, fail }: Level): Tone {
  if (reached) return 'good';
  return fail ? 'impaired' : 'unknown';
}
