import { startPortal } from './startPortal';

startPortal('prebuilt', process.argv.slice(2)).catch(error => {
  console.error(`waymark: ${error.message}`);
  process.exitCode = 1;
});
