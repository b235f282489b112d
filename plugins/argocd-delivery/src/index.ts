export { argocdDeliveryPlugin as default } from './plugin';
export { argocdDeliveryTranslationRef } from './translation';
export { argocdDeliveryApiRef, type ArgocdDeliveryApi } from './api';
