import { ConfigSources } from '@backstage/config-loader';

/** Where the portal of a configuration listens, and where people open it. */
export interface PortalAddress {
  readonly host: string;
  readonly port: number;
  readonly url: string;
}

/** Read as the backend itself will read it, so that an overlay may move the portal to another port. */
export async function readAddress(
  files: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): Promise<PortalAddress> {
  const config = await ConfigSources.toConfig(
    ConfigSources.default({
      argv: files.flatMap(file => ['--config', file]),
      substitutionFunc: async name => variables[name] ?? process.env[name],
    }),
  );
  try {
    return {
      host: config.getOptionalString('backend.listen.host') ?? '',
      port: config.getOptionalNumber('backend.listen.port') ?? 7007,
      url: config.getString('app.baseUrl'),
    };
  } finally {
    config.close();
  }
}
