import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Flex, Text } from '@backstage/ui';
import type { ReadinessSummary } from '@waymark/backstage-plugin-workload-health-common';
import { StatusMark, type Tone } from '@waymark/card-kit';
import { workloadHealthTranslationRef } from '../../translation';
import { FindingsTable } from './FindingsTable';
import { LevelMarks } from './LevelMarks';

const GATE_TONE: Readonly<Record<ReadinessSummary['gate'], Tone>> = {
  pass: 'good',
  fail: 'broken',
  unknown: 'unknown',
};

/** How far the live objects are ready for production, by level, with what keeps them from the next. */
export const Readiness = ({
  readiness,
  lastKnown = false,
}: {
  readonly readiness: ReadinessSummary;
  /** Some of the objects are of a cluster that is not heard of. */
  readonly lastKnown?: boolean;
}) => {
  const { t } = useTranslationRef(workloadHealthTranslationRef);
  const { gate, levels, findings, total, undecided } = readiness;
  return (
    <Flex direction="column" gap="3">
      <StatusMark
        tone={GATE_TONE[gate]}
        label={t(`readiness.gate.${gate}`)}
        lastKnown={lastKnown}
      />
      <LevelMarks levels={levels} detailed lastKnown={lastKnown} />
      {findings.length ? (
        <FindingsTable findings={findings} />
      ) : (
        gate === 'pass' && <Text as="p">{t('readiness.clean')}</Text>
      )}
      {total > findings.length && (
        <Text as="p" color="secondary">
          {t('readiness.more', { number: String(total - findings.length) })}
        </Text>
      )}
      {undecided.map(({ rule, kind, message }) => (
        <Text as="p" color="secondary" key={`${rule}/${kind}`}>
          {t('readiness.undecided', { rule, message })}
        </Text>
      ))}
    </Flex>
  );
};
