import {
  ScaffolderFieldExtensions,
  useCustomFieldExtensions,
} from '@backstage/plugin-scaffolder-react';
import { wrapInTestApp } from '@backstage/test-utils';
import { render, screen } from '@testing-library/react';
import { DependencyPickerFieldExtension, ServiceNameFieldExtension } from './legacy';

const fields = (
  <ScaffolderFieldExtensions>
    <ServiceNameFieldExtension />
    <DependencyPickerFieldExtension />
  </ScaffolderFieldExtensions>
);

const Names = () => {
  const extensions = useCustomFieldExtensions(fields);
  return <p>{extensions.map(({ name, validation }) => `${name} ${Boolean(validation)}`).join()}</p>;
};

it('offers the same fields to portals on the classic frontend system', async () => {
  render(wrapInTestApp(<Names />));
  expect(await screen.findByText('ServiceName true,DependencyPicker false')).toBeInTheDocument();
});
