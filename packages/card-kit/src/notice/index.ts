export * from './FailureNotice';
export * from './LoadingLines';
