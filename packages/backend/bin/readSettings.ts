import { ConfigSources } from '@backstage/config-loader';

/** What the start needs to know of the configuration. */
export interface PortalSettings {
  readonly host: string;
  readonly port: number;
  /** Where people open it. */
  readonly url: string;
  /** `auth.environment`: outside of `development` guests stay out and errors are shown without their stack. */
  readonly environment: string;
  /** Variables that the configuration names and nobody has set. What they fill in is left out. */
  readonly unset: readonly string[];
}

/** Read as the backend itself will read it, so that an overlay may move the portal to another port. */
export async function readSettings(
  files: readonly string[],
  variables: Readonly<Record<string, string | undefined>> = process.env,
): Promise<PortalSettings> {
  const unset = new Set<string>();
  const config = await ConfigSources.toConfig(
    ConfigSources.default({
      argv: files.flatMap(file => ['--config', file]),
      watch: false,
      substitutionFunc: async name => {
        if (variables[name] === undefined) unset.add(name);
        return variables[name];
      },
    }),
  );
  try {
    return {
      host: config.getOptionalString('backend.listen.host') ?? '',
      port: config.getOptionalNumber('backend.listen.port') ?? 7007,
      url: config.getString('app.baseUrl'),
      environment: config.getOptionalString('auth.environment') ?? 'development',
      unset: [...unset].sort(),
    };
  } finally {
    config.close();
  }
}
