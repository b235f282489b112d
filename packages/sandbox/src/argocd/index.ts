export { startArgoCd } from './startArgoCd';
export type { ArgoCd, ArgoCdOptions } from './startArgoCd';
export { seedDelivery } from './seedDelivery';
export type { DeliverySeed } from './seedDelivery';
export type { Application, ApplicationSpec } from './application/Application';
