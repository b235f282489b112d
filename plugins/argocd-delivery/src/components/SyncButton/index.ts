export { SyncButton } from './SyncButton';
