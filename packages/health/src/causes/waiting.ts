/**
 * Waiting reasons that may pass by themselves are an alarm only after this time.
 * Source: robusta's image pull trigger, "older than 120 s (avoids start-up noise)".
 */
export const WAITING_GRACE_SECONDS = 120;
