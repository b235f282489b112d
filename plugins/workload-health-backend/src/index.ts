export { workloadHealthPlugin as default } from './plugin';
