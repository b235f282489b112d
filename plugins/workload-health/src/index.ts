export { workloadHealthPlugin as default } from './plugin';
export { workloadHealthTranslationRef } from './translation';
export { workloadHealthApiRef, type WorkloadHealthApi } from './api';
