import { SignInPage } from '@backstage/core-components';
import { configApiRef, useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import type { SignInPageProps } from '@backstage/plugin-app-react';
import { oidcAuthApiRef } from './oidcAuthApiRef';
import { signInTranslationRef } from './translation';

/** Asks for a person where `app.signIn` says so; else lets guests in, whom the backend may still refuse. */
export const PortalSignInPage = (props: SignInPageProps) => {
  const { t } = useTranslationRef(signInTranslationRef);
  const signIn = useApi(configApiRef).getOptionalString('app.signIn') ?? 'guest';
  if (signIn === 'guest') return <SignInPage {...props} providers={['guest']} />;
  return (
    <SignInPage
      {...props}
      provider={{
        id: 'oidc',
        title: t('oidc.title'),
        message: t('oidc.message'),
        apiRef: oidcAuthApiRef,
      }}
    />
  );
};
