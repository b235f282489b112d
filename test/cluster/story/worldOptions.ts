/** Every part is real; numbers do not matter here, so no kwok. */
export const worldOptions = { argocd: true, gitea: true, nodes: 3 };
