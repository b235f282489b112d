export { createPublishAction } from './createPublishAction';
