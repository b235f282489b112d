export { argocdDeliveryPlugin as default } from './plugin';
