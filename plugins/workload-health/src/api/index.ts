export * from './WorkloadHealthApi';
export * from './WorkloadHealthClient';
