// eslint-disable-next-line @backstage/no-relative-monorepo-imports -- scripts/ is no package: it runs before anything is installed
export { exclusively, tryLock, type Lock } from '../../../scripts/lock.mjs';
