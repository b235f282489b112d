/** One branch or tag that a push or a commit moved. */
export interface Push {
  owner: string;
  name: string;
  /** `refs/heads/main` */
  ref: string;
  /** Commit before and after; undefined for a ref that was made or removed. */
  before?: string;
  after?: string;
}

export type PushListener = (push: Push) => void;
