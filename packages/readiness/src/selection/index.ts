export * from './selectsPods';
