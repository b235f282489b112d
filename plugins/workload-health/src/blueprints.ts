/** The only import of alpha blueprints: a rename hurts once. */
export { EntityCardBlueprint, EntityContentBlueprint } from '@backstage/plugin-catalog-react/alpha';
