export { createCatalogWaitAction } from './createCatalogWaitAction';
