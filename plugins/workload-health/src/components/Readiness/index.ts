export { Readiness } from './Readiness';
export { ReadinessLine } from './ReadinessLine';
