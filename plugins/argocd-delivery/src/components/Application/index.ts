export { Application } from './Application';
