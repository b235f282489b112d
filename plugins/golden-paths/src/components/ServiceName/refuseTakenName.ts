import { RELATION_OWNED_BY } from '@backstage/catalog-model';
import { translationApiRef } from '@backstage/frontend-plugin-api';
import {
  catalogApiRef,
  getEntityRelations,
  humanizeEntityRef,
} from '@backstage/plugin-catalog-react';
import type { CustomFieldValidator } from '@backstage/plugin-scaffolder-react';
import { findNameHolder } from '../../hooks/useNameHolder';
import { goldenPathsTranslationRef } from '../../translation';

/**
 * Holds the form back while the name is taken. A catalog that does not answer holds nobody back: the field says so, and the
 * task refuses a name that is taken when it creates the repository.
 */
export const refuseTakenName: CustomFieldValidator<string> = async (name, field, { apiHolder }) => {
  const catalog = apiHolder.get(catalogApiRef);
  const translation = apiHolder.get(translationApiRef)?.getTranslation(goldenPathsTranslationRef);
  if (!name || !catalog || !translation?.ready) return;
  const answer = await findNameHolder(catalog, name);
  if (answer.status !== 'taken') return;
  const [owner] = getEntityRelations(answer.holder, RELATION_OWNED_BY);
  field.addError(
    owner
      ? translation.t('name.taken', {
          name,
          owner: humanizeEntityRef(owner, { defaultKind: 'group' }),
        })
      : translation.t('name.takenUnowned', { name }),
  );
};
