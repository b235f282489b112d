export * from './verdict/Verdict';
export * from './causes/Detector';
export * from './facts/WorkloadFacts';
