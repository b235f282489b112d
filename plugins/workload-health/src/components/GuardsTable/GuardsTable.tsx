import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Cell, CellText, type ColumnConfig, Table, useTable } from '@backstage/ui';
import type { WorkloadHealth } from '@waymark/backstage-plugin-workload-health-common';
import { StatusMark } from '@waymark/card-kit';
import { workloadHealthTranslationRef } from '../../translation';
import { placesOf } from '../placesOf';
import { type Guard, guardRows, type GuardRow } from './guardRows';

/** What scales, protects and feeds the workloads: autoscalers, disruption budgets, services. */
export const GuardsTable = ({ workloads }: { readonly workloads: readonly WorkloadHealth[] }) => {
  const { t } = useTranslationRef(workloadHealthTranslationRef);
  const say = useGuardText();
  const placeOf = placesOf(workloads);
  const { tableProps } = useTable({
    mode: 'complete',
    data: guardRows(workloads),
    paginationOptions: { pageSize: 50 },
  });
  const columns: ColumnConfig<GuardRow>[] = [
    {
      id: 'object',
      label: t('table.object'),
      isRowHeader: true,
      cell: ({ name, kind, ...place }) => (
        <CellText title={name} description={[kind, placeOf(place)].filter(Boolean).join(' · ')} />
      ),
    },
    {
      id: 'now',
      label: t('table.verdict'),
      cell: ({ tone, guard, lastKnown }) => (
        <Cell>
          <StatusMark tone={tone} label={say(guard)} lastKnown={lastKnown} />
        </Cell>
      ),
    },
  ];
  return <Table columnConfig={columns} {...tableProps} pagination={{ type: 'none' }} />;
};

function useGuardText() {
  const { t } = useTranslationRef(workloadHealthTranslationRef);
  return (guard: Guard): string => {
    switch (guard.type) {
      case 'scaler': {
        const { current, min, max, metrics } = guard.scaler;
        const size = t('guards.scaler', {
          current: String(current),
          min: String(min),
          max: String(max),
        });
        const measures = metrics.map(metric =>
          t('guards.scalerMetric', {
            ...metric,
            current: metric.current ?? t('guards.notMeasured'),
          }),
        );
        return [size, ...measures].join(', ');
      }
      case 'budget': {
        const { disruptionsAllowed, healthy, desiredHealthy } = guard.budget;
        if (disruptionsAllowed === undefined) return t('guards.budgetUnknown');
        return t('guards.budget', {
          allowed: String(disruptionsAllowed),
          healthy: String(healthy ?? '?'),
          desired: String(desiredHealthy ?? '?'),
        });
      }
      default: {
        const { readyEndpoints, totalEndpoints } = guard.service;
        if (readyEndpoints === undefined) return t('guards.serviceUnknown');
        return t('guards.service', {
          ready: String(readyEndpoints),
          total: String(totalEndpoints ?? '?'),
        });
      }
    }
  };
}
