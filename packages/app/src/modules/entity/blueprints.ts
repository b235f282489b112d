/** The only import of alpha blueprints: a rename hurts once. */
export {
  EntityContentLayoutBlueprint,
  type EntityContentLayoutProps,
} from '@backstage/plugin-catalog-react/alpha';
