export { createEnsureApplicationAction } from './createEnsureApplicationAction';
