import { useState } from 'react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { TextField } from '@backstage/ui';
import { ScaffolderField } from '../../blueprints';
import { useNameHolder } from '../../hooks/useNameHolder';
import { findNameProblem } from '../../name/findNameProblem';
import { suggestName } from '../../name/suggestName';
import { goldenPathsTranslationRef } from '../../translation';
import { NameStatus } from './NameStatus';

/** Where the schema sets no limit: what fits into a DNS label. */
const DNS_LABEL = 63;

/** The name of what is created. Says with every keystroke what is wrong with it, and whether the catalog has it already. */
export const ServiceName = ({
  formData: name = '',
  onChange,
  schema,
  uiSchema,
  idSchema,
  required,
  disabled,
  rawErrors = [],
}: FieldExtensionComponentProps<string>) => {
  const { t } = useTranslationRef(goldenPathsTranslationRef);
  const [touched, setTouched] = useState(false);
  const longest = schema.maxLength ?? DNS_LABEL;
  const asked = name !== '' || touched || rawErrors.length > 0;
  const problem = asked ? findNameProblem(name, longest) : undefined;
  const holder = useNameHolder(name && !problem ? name : undefined);
  const statusId = `${idSchema.$id}__status`;
  return (
    <ScaffolderField
      rawDescription={schema.description}
      required={required}
      disabled={disabled}
      rawErrors={rawErrors}
      errors={
        <NameStatus
          id={statusId}
          name={name}
          problem={
            problem && t(`name.problem.${problem.code}`, { ...problem, longest: String(longest) })
          }
          suggestion={problem && suggestName(name, longest)}
          holder={holder}
        />
      }
    >
      <TextField
        id={idSchema.$id}
        label={schema.title}
        placeholder={uiSchema['ui:placeholder']}
        isRequired={required}
        isDisabled={disabled}
        // The sentence below says it all, and earlier than the browser would.
        validationBehavior="aria"
        isInvalid={Boolean(problem) || holder?.status === 'taken'}
        aria-describedby={statusId}
        autoComplete="off"
        spellCheck="false"
        // eslint-disable-next-line jsx-a11y/no-autofocus -- the template decides, as with the stock fields
        autoFocus={uiSchema['ui:autofocus']}
        value={name}
        onChange={value => {
          setTouched(true);
          onChange(value || undefined);
        }}
      />
    </ScaffolderField>
  );
};
