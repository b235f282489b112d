export * from './selectsPods';
export * from './templateLabelsPath';
