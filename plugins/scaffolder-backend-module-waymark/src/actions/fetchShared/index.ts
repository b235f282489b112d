export { createFetchSharedAction } from './createFetchSharedAction';
