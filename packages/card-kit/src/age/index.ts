export * from './Age';
export * from './formatAge';
