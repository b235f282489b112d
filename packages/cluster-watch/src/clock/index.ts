export * from './Clock';
export * from './ManualClock';
export * from './sleep';
