import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen } from '@testing-library/react';
import { FailureNotice } from './FailureNotice';

it('offers to reload the page where the session is gone, for a retry would be refused again', async () => {
  const failure = new Error('Request failed with 401 Unauthorized');
  await renderInTestApp(<FailureNotice failure={failure} onRetry={() => {}} stale />);
  expect(screen.getByText(/The portal does not know you any more/)).toBeInTheDocument();
  expect(screen.getByRole('button', { name: 'Reload the page' })).toBeInTheDocument();
  expect(screen.queryByRole('button', { name: 'Try again' })).not.toBeInTheDocument();
});

it('offers to try again what may succeed', async () => {
  const onRetry = jest.fn();
  await renderInTestApp(<FailureNotice failure={new Error('503')} onRetry={onRetry} />);
  screen.getByRole('button', { name: 'Try again' }).click();
  expect(onRetry).toHaveBeenCalledTimes(1);
});
