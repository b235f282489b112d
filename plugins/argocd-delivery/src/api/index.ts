export * from './ArgocdDeliveryApi';
export * from './ArgocdDeliveryClient';
