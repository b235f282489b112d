export { startArgoCd } from './startArgoCd';
export type { ArgoCd, ArgoCdOptions } from './startArgoCd';
export type { Application, ApplicationSpec } from './application/Application';
