export * from './api';
export * from './clock';
export * from './credentials';
export * from './store';
export * from './targets';
export * from './watch';
