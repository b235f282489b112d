export * from './selectsPods';
export * from './templateLabelsPath';
export * from './spreadTerms';
