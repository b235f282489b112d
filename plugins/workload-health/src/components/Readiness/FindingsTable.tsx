import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Cell, CellText, type ColumnConfig, Table, Text, useTable } from '@backstage/ui';
import type { WireFinding } from '@waymark/backstage-plugin-workload-health-common';
import { StatusMark, type Tone } from '@waymark/card-kit';
import { ruleTextOf } from '../../hooks/ruleTextOf';
import { workloadHealthTranslationRef } from '../../translation';
import { RuleProse } from './RuleProse';

const SEVERITY_TONE: Readonly<Record<WireFinding['severity'], Tone>> = {
  error: 'broken',
  warning: 'impaired',
  advice: 'hint',
};

/** What fails, where, and what to do: errors first, as the server sorted them. */
export const FindingsTable = ({ findings }: { readonly findings: readonly WireFinding[] }) => {
  const { t } = useTranslationRef(workloadHealthTranslationRef);
  const data = findings.map(finding => ({
    ...finding,
    id: `${finding.cluster}|${finding.fingerprint}`,
  }));
  const { tableProps } = useTable({ mode: 'complete', data, paginationOptions: { pageSize: 20 } });
  const columns: ColumnConfig<(typeof data)[number]>[] = [
    {
      id: 'finding',
      label: t('readiness.finding'),
      isRowHeader: true,
      cell: finding => (
        <Cell>
          <RuleProse text={ruleTextOf(finding).message} />
          <Text as="p" color="secondary" variant="body-small">
            {finding.rule}
          </Text>
        </Cell>
      ),
    },
    {
      id: 'severity',
      label: t('table.status'),
      cell: ({ severity, exemption }) => (
        <Cell>
          <StatusMark
            tone={exemption?.state === 'active' ? 'paused' : SEVERITY_TONE[severity]}
            label={
              exemption?.state === 'active'
                ? t('readiness.exempted', { reason: exemption.reason ?? '' })
                : t(`readiness.severity.${severity}`)
            }
          />
        </Cell>
      ),
    },
    {
      id: 'where',
      label: t('readiness.where'),
      cell: ({ subject, path }) => (
        <CellText title={`${subject.kind}/${subject.name}`} description={path} />
      ),
    },
    {
      id: 'remedy',
      label: t('readiness.remedy'),
      cell: finding => (
        <Cell>
          <RuleProse text={ruleTextOf(finding).remedy ?? ''} />
        </Cell>
      ),
    },
  ];
  return <Table columnConfig={columns} {...tableProps} />;
};
