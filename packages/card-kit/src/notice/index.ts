export * from './EmptyNotice';
export * from './FailureNotice';
export * from './LoadingLines';
