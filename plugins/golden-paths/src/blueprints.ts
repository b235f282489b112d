/** The only import of what is alpha: a rename hurts once. */
export {
  createFormField,
  FormFieldBlueprint,
  ScaffolderField,
} from '@backstage/plugin-scaffolder-react/alpha';
