import { pino, type DestinationStream, type Logger } from 'pino';

/** JSON lines with the level as a word and an ISO time, which CloudWatch and Loki both read. */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      messageKey: 'message',
      formatters: { level: label => ({ level: label }) },
      redact: ['headers.authorization', 'headers.cookie', 'headers["x-api-key"]'],
    },
    ...(destination ? [destination] : []),
  );
}
