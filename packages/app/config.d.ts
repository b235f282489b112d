export interface Config {
  app?: {
    /**
     * How people sign in: as a guest, for a first run, or through the OpenID Connect provider of `auth.providers.oidc`.
     * Default: guest.
     * @visibility frontend
     */
    signIn?: 'guest' | 'oidc';
  };
}
