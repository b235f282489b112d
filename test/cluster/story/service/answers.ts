import { registry } from '../../world/portalConfig';

export const namespace = 'robot-shop';

/** What the form asks, and nothing else: the rest comes from the portal's presets and the template's defaults. */
export const answersFor = (name: string) => ({
  name,
  description: 'Takes orders and tells the warehouse',
  owner: 'group:default/team-shop',
  system: 'system:default/robot-shop',
  exposure: 'internal',
  size: 'S',
  dependencies: [],
});

/** The service whose life is told. */
export const service = { name: 'order', application: 'order-dev' };

export const imageOf = (name: string) => `${registry}/robot-shop/${name}`;
