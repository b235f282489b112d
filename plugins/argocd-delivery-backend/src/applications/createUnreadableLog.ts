import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Unreadable } from './parseApplication';

/** Says of each part of each application once that it cannot be read: it comes again with every event. */
export function createUnreadableLog(logger: LoggerService, source: string) {
  const told = new Set<string>();
  return ({ application, part, reason }: Unreadable) => {
    const key = `${application} ${part}`;
    if (told.has(key)) return;
    told.add(key);
    logger.warn(
      `Argo CD source ${source}: cannot read ${part} of application ${application}: ${reason}`,
    );
  };
}
