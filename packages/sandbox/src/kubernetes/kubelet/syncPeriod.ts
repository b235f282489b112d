/** How often the kubelet looks at a pod again that it could not bring up: about this often it repeats its events. */
export const SYNC_MILLISECONDS = 13_000;
