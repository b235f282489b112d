export { createStampAction } from './createStampAction';
