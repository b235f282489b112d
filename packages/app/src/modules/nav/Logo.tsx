import { Link, useSidebarOpenState } from '@backstage/core-components';
import styles from './Logo.module.css';

export const Logo = () => {
  const { isOpen } = useSidebarOpenState();
  return (
    <Link to="/" underline="none" aria-label="Waymark, to the start page" className={styles.logo}>
      <svg viewBox="0 0 32 32" aria-hidden="true" className={styles.mark}>
        <path d="M14 3h4v3h9l3 4-3 4h-9v2h4v8h-4v5h-4v-5H5l-3-4 3-4h9v-2h-4V6h4z" />
      </svg>
      {isOpen && <span>Waymark</span>}
    </Link>
  );
};
