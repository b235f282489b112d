/** A service of which something breaks: its entity, and its pods. */
export interface Subject {
  readonly name: string;
  readonly namespace: string;
  readonly replicas: number;
  readonly selector: string;
}
