/** Who collects which cluster. */
export interface LeaseStore {
  /** Takes the lease, or renews one's own. False while another holds it. */
  acquire(cluster: string): Promise<boolean>;
  /** Gives up all of one's own at once, for another replica to take over. */
  release(): Promise<void>;
}
