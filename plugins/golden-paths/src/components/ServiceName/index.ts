export { ServiceName } from './ServiceName';
export { refuseTakenName } from './refuseTakenName';
export { serviceNameField } from './serviceNameField';
