import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Accordion, AccordionPanel, AccordionTrigger, Flex, Link, Text } from '@backstage/ui';
import type { WorkloadHealth } from '@waymark/backstage-plugin-workload-health-common';
import { Age, Command, StatusMark } from '@waymark/card-kit';
import { useCauseDocs } from '../../hooks/useCauseDocs';
import { useCauseText } from '../../hooks/useCauseText';
import { workloadHealthTranslationRef } from '../../translation';
import { statusTone } from '../statusTone';
import { ChangedBefore } from './ChangedBefore';
import { EvidenceList } from './EvidenceList';

/** One workload: what is wrong, since when, what changed, what to do. A healthy one is a single line. */
export const Verdict = ({
  workload: health,
  place,
}: {
  readonly workload: WorkloadHealth;
  /** What tells it apart from the others of the entity, where its name does not. */
  readonly place: string;
}) => {
  const { t } = useTranslationRef(workloadHealthTranslationRef);
  const { sentence, remedy } = useCauseText();
  const docsOf = useCauseDocs();
  const { cause, facts, gaps, status, since, lastKnown, symptoms, workload, changedBefore } =
    health;
  const next = cause && remedy(cause);
  const docs = cause && docsOf(cause.code);
  return (
    <Flex direction="column" gap="2">
      <Flex gap="2" align="baseline" style={{ flexWrap: 'wrap' }}>
        <StatusMark tone={statusTone[status]} label={t(`status.${status}`)} />
        <Text as="span" color="secondary">
          {lastKnown ? `· ${t(`was.${lastKnown.status}`)}` : t('verdict.since')}{' '}
          <Age since={since} />
        </Text>
        <Text as="span" color="secondary">
          {[`${workload.kind} ${workload.name}`, place].filter(Boolean).join(' · ')} ·{' '}
          {t('verdict.ready', {
            ready: String(facts.replicas.ready),
            desired: String(facts.replicas.desired),
          })}
        </Text>
      </Flex>
      {cause && (
        <Text
          as="p"
          variant="body-large"
          color={lastKnown ? 'secondary' : 'primary'}
          weight={status === 'down' || status === 'degraded' ? 'bold' : 'regular'}
        >
          {sentence(cause)}
        </Text>
      )}
      {changedBefore && status !== 'healthy' && <ChangedBefore change={changedBefore} />}
      {next && (
        <Text as="p">
          {t('verdict.next')}: {next} {docs && <Link href={docs}>{t('verdict.docs')}</Link>}
        </Text>
      )}
      {cause?.command && <Command text={cause.command} />}
      {gaps.map(({ kind, message }) => (
        <Text as="p" color="secondary" key={kind}>
          {t('verdict.gap', { message })}
        </Text>
      ))}
      {cause && cause.evidence.length > 0 && (
        <Accordion>
          <AccordionTrigger title={t('verdict.evidence', { count: cause.evidence.length })} />
          <AccordionPanel>
            <EvidenceList evidence={cause.evidence} />
            {symptoms.length > 0 && (
              <>
                <Text as="p" weight="bold">
                  {t('verdict.symptoms')}
                </Text>
                <ul>
                  {symptoms.map((symptom, index) => (
                    <li key={index}>{sentence(symptom)}</li>
                  ))}
                </ul>
              </>
            )}
          </AccordionPanel>
        </Accordion>
      )}
    </Flex>
  );
};
