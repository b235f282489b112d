import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Cell, CellText, type ColumnConfig, Table, useTable } from '@backstage/ui';
import type { WorkloadHealth } from '@waymark/backstage-plugin-workload-health-common';
import { StatusMark } from '@waymark/card-kit';
import { workloadHealthTranslationRef } from '../../translation';
import { objectId } from '../objectId';
import { placesOf } from '../placesOf';
import { statusTone, worstFirst } from '../statusTone';

/** Pods in groups of the same state, so that 300 pods are two rows and not 300. */
export const PodsTable = ({ workloads }: { readonly workloads: readonly WorkloadHealth[] }) => {
  const { t } = useTranslationRef(workloadHealthTranslationRef);
  const placeOf = placesOf(workloads);
  const data = worstFirst(
    workloads.flatMap(({ cluster, workload, facts, lastKnown }) =>
      facts.pods.map((group, index) => ({
        ...group,
        id: `${objectId(cluster, workload)}/${index}`,
        cluster,
        workload,
        lastKnown: lastKnown !== undefined,
      })),
    ),
  );
  const { tableProps } = useTable({ mode: 'complete', data, paginationOptions: { pageSize: 20 } });
  const columns: ColumnConfig<(typeof data)[number]>[] = [
    {
      id: 'state',
      label: t('table.state'),
      isRowHeader: true,
      cell: ({ status, state, lastKnown }) => (
        <Cell>
          <StatusMark tone={statusTone[status]} label={state} lastKnown={lastKnown} />
        </Cell>
      ),
    },
    {
      id: 'count',
      label: t('table.count'),
      cell: ({ count }) => <CellText title={String(count)} />,
    },
    {
      id: 'workload',
      label: t('table.workload'),
      cell: ({ workload, cluster }) => (
        <CellText
          title={workload.name}
          description={placeOf({ cluster, namespace: workload.namespace })}
        />
      ),
    },
    {
      id: 'zones',
      label: t('table.zones'),
      cell: ({ examples }) => (
        <CellText
          title={
            [...new Set(examples.flatMap(({ zone }) => zone ?? []))].join(', ') || t('table.none')
          }
        />
      ),
    },
    {
      id: 'examples',
      label: t('table.examples'),
      cell: ({ examples }) => <CellText title={examples.map(({ name }) => name).join(', ')} />,
    },
  ];
  return <Table columnConfig={columns} {...tableProps} pagination={{ type: 'none' }} />;
};
