export * from './ObjectStore';
export * from './MemoryObjectStore';
