/** The only import of alpha blueprints: a rename hurts once. */
export { EntityCardBlueprint } from '@backstage/plugin-catalog-react/alpha';
