/** How long a case waits for what a server does in its own time. */
export const PATIENCE_MS = 60_000;

/** What a test runner gives one case: more than the patience, so that a case that fails says what it saw last. */
export const CASE_TIMEOUT_MS = PATIENCE_MS + 30_000;
