export { createProgram, type Streams } from './createProgram';
export { EXIT } from './exitCodes';
