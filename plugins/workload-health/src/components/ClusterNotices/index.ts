export { ClusterNotices } from './ClusterNotices';
export { leadingClusters } from './leadingClusters';
