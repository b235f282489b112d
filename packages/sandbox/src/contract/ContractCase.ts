/**
 * One thing that clients rely on, true of the real part and of the sandbox alike. It throws where the target behaves
 * otherwise. Cases clean up after themselves and can run beside others.
 */
export interface ContractCase<Target> {
  name: string;
  run(target: Target): Promise<void>;
}
