export { DependencyPicker } from './DependencyPicker';
export { dependencyPickerField } from './dependencyPickerField';
