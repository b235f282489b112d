export interface CalledHost {
  readonly host: string;
  readonly port?: number;
}

const HOST =
  /^(?=.{1,253}$)[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/i;

/**
 * The hosts that a configuration value may name: `redis`, `redis:6379`, `http://cart:8080/api`,
 * `jdbc:mysql://user:pass@mysql/shop`, `kafka-0:9092,kafka-1:9092`. Any single word is a possible host; only a Service of
 * that name makes it one.
 */
export function calledHosts(value: string): CalledHost[] {
  return value.split(/[,\s]+/).flatMap(part => {
    const authority = part
      .replace(/^(?:[a-z][-a-z0-9+.]*:)+\/\//i, '')
      .replace(/[/?#].*$/, '')
      .replace(/^.*@/, '');
    const [, host, port] = /^([^:]+)(?::(\d{1,5}))?$/.exec(authority) ?? [];
    if (!host || !HOST.test(host)) return [];
    return [{ host, ...(port && { port: Number(port) }) }];
  });
}
