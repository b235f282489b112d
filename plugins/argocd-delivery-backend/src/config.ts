import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

export type SourceConfig =
  | {
      readonly type: 'kubernetes';
      readonly name: string;
      readonly cluster: string;
      readonly namespace?: string;
      readonly externalUrl?: string;
    }
  | {
      readonly type: 'api';
      readonly name: string;
      readonly url: string;
      readonly externalUrl: string;
      readonly token: string;
    };

/** `argocdDelivery.sources`, checked: a wrong key is named at start, not found out at three in the morning. */
export function readSources(config: Config): readonly SourceConfig[] {
  const sources = (config.getOptionalConfigArray('argocdDelivery.sources') ?? []).map(readSource);
  const names = sources.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice) throw new InputError(`argocdDelivery.sources: two sources are named ${twice}`);
  return sources;
}

function readSource(source: Config): SourceConfig {
  const type = source.getString('type');
  const name = source.getString('name');
  if (type === 'kubernetes') {
    return {
      type,
      name,
      cluster: source.getString('cluster'),
      namespace: source.getOptionalString('namespace'),
      externalUrl: withoutSlash(source.getOptionalString('externalUrl')),
    };
  }
  if (type !== 'api') {
    throw new InputError(
      `argocdDelivery.sources: type of ${name} is ${JSON.stringify(type)}, expected kubernetes or api`,
    );
  }
  const url = withoutSlash(source.getString('url'))!;
  if (!/^https?:\/\//.test(url))
    throw new InputError(
      `argocdDelivery.sources: url of ${name} is ${JSON.stringify(url)}, expected http(s)://…`,
    );
  return {
    type,
    name,
    url,
    externalUrl: withoutSlash(source.getOptionalString('externalUrl')) ?? url,
    token: source.getString('token'),
  };
}

const withoutSlash = (url: string | undefined) => url?.replace(/\/+$/, '');
