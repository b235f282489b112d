/**
 * A message with its arguments as words. An argument that follows a word without a space is what an object said, with its
 * own punctuation, and may be empty: it shows as an ellipsis.
 */
export const causeSentence = (message: string): string =>
  message.replace(/(?<=[\w}])\{\{\w+\}\}/g, '…').replace(/\{\{(\w+)\}\}/g, '_$1_');
