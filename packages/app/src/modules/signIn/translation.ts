import { createTranslationRef } from '@backstage/frontend-plugin-api';

export const signInTranslationRef = createTranslationRef({
  id: 'app.sign-in',
  messages: {
    oidc: {
      title: 'Single sign-on',
      message: 'Sign in with the account of your organisation',
    },
  },
});
