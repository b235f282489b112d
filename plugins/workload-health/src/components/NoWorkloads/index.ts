export { NoWorkloads } from './NoWorkloads';
