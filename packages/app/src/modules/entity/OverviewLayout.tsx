import {
  EntityOrphanWarning,
  EntityProcessingErrorsPanel,
  EntityRelationWarning,
  EntitySwitch,
  hasCatalogProcessingErrors,
  hasRelationWarnings,
  isOrphan,
} from '@backstage/plugin-catalog';
import { Fragment } from 'react';
import type { EntityContentLayoutProps } from './blueprints';
import styles from './OverviewLayout.module.css';

const WARNINGS = [
  { id: 'orphan', when: isOrphan, Warning: EntityOrphanWarning },
  { id: 'relations', when: hasRelationWarnings, Warning: EntityRelationWarning },
  { id: 'processing', when: hasCatalogProcessingErrors, Warning: EntityProcessingErrorsPanel },
] as const;

/**
 * The overview of an entity with what it says of itself first and who it is beside it. The stock layout puts the facts
 * ("info" cards) before the content: on a phone, and for the keyboard, the About card then stands before the fault.
 */
export const OverviewLayout = ({ cards }: EntityContentLayoutProps) => {
  const facts = cards.filter(({ type }) => type === 'info');
  const content = cards.filter(({ type }) => type !== 'info');
  return (
    <>
      {WARNINGS.map(({ id, when, Warning }) => (
        <EntitySwitch key={id}>
          <EntitySwitch.Case if={when}>
            <div className={styles.warning}>
              <Warning />
            </div>
          </EntitySwitch.Case>
        </EntitySwitch>
      ))}
      <div className={styles.layout}>
        <Cards cards={content} className={styles.content} />
        {facts.length > 0 && <Cards cards={facts} className={styles.facts} />}
      </div>
    </>
  );
};

const Cards = ({ cards, className }: EntityContentLayoutProps & { readonly className: string }) => (
  <div className={className}>
    {cards.map(({ element }, index) => (
      <Fragment key={element.key ?? index}>{element}</Fragment>
    ))}
  </div>
);
