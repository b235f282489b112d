export { createReadinessGateAction } from './createReadinessGateAction';
