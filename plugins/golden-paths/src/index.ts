export { goldenPathsPlugin as default } from './plugin';
export { goldenPathsTranslationRef } from './translation';
