export * from './StatusMark';
