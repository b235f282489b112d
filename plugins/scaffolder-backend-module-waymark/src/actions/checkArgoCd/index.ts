export { createCheckArgoCdAction } from './createCheckArgoCdAction';
