export { NoApplications } from './NoApplications';
