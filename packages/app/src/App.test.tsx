import { render, screen } from '@testing-library/react';

const config = {
  app: { title: 'Waymark', baseUrl: 'http://127.0.0.1:7007' },
  backend: { baseUrl: 'http://127.0.0.1:7007' },
  auth: { providers: { guest: {} } },
};

it('asks a visitor to sign in', async () => {
  process.env = { ...process.env, APP_CONFIG: [{ data: config, context: 'test' }] as never };
  const { default: App } = await import('./App');
  render(App.createRoot());
  expect(await screen.findByText('Enter', undefined, { timeout: 20_000 })).toBeInTheDocument();
}, 30_000);
