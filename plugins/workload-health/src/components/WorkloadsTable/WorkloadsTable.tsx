import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Cell, CellText, type ColumnConfig, Table, useTable } from '@backstage/ui';
import type { WorkloadHealth } from '@waymark/backstage-plugin-workload-health-common';
import { Age, StatusMark } from '@waymark/card-kit';
import { workloadHealthTranslationRef } from '../../translation';
import { objectId } from '../objectId';
import { statusTone, worstFirst } from '../statusTone';

/** One row a workload, the worst first. */
export const WorkloadsTable = ({
  workloads,
}: {
  readonly workloads: readonly WorkloadHealth[];
}) => {
  const { t } = useTranslationRef(workloadHealthTranslationRef);
  const data = worstFirst(workloads).map(health => ({
    ...health,
    id: objectId(health.cluster, health.workload),
  }));
  const { tableProps } = useTable({ mode: 'complete', data, paginationOptions: { pageSize: 20 } });
  const columns: ColumnConfig<(typeof data)[number]>[] = [
    {
      id: 'workload',
      label: t('table.workload'),
      isRowHeader: true,
      cell: ({ workload, cluster }) => (
        <CellText
          title={workload.name}
          description={`${workload.kind} · ${cluster} · ${workload.namespace ?? ''}`}
        />
      ),
    },
    {
      id: 'status',
      label: t('table.status'),
      cell: ({ status, lastKnown }) => (
        <Cell>
          <StatusMark
            tone={statusTone[status]}
            label={[t(`status.${status}`), lastKnown && t(`was.${lastKnown.status}`)]
              .filter(Boolean)
              .join(' · ')}
          />
        </Cell>
      ),
    },
    {
      id: 'ready',
      label: t('table.ready'),
      cell: ({ facts: { replicas } }) => (
        <CellText
          title={t('table.readyOf', {
            ready: String(replicas.ready),
            desired: String(replicas.desired),
          })}
        />
      ),
    },
    {
      id: 'image',
      label: t('table.image'),
      cell: ({ facts }) => (
        <CellText title={facts.images.map(({ image }) => image).join(', ') || t('table.none')} />
      ),
    },
    {
      id: 'restarts',
      label: t('table.restarts'),
      cell: ({ facts }) => <CellText title={String(facts.recentRestarts)} />,
    },
    {
      id: 'since',
      label: t('table.since'),
      cell: ({ since }) => (
        <Cell>
          <Age since={since} />
        </Cell>
      ),
    },
  ];
  return <Table columnConfig={columns} {...tableProps} pagination={{ type: 'none' }} />;
};
