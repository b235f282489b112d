export { GuardsTable } from './GuardsTable';
