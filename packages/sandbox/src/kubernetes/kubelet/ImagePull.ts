import type { Cancel } from '../clock/Timeline';
import type { Container } from '../objects/pod';
import { BackOff } from './BackOff';
import type { PodHost } from './PodHost';
import { SYNC_MILLISECONDS } from './syncPeriod';

export interface Waiting {
  readonly reason: string;
  readonly message?: string;
}

/** Gets the image of one container onto the node, or keeps trying: pkg/kubelet/images/image_manager.go. */
export class ImagePull {
  private readonly backOff = new BackOff();
  private cancel: Cancel = () => {};

  constructor(
    private readonly host: PodHost,
    private readonly container: Container,
    private readonly fieldPath: string,
  ) {}

  start(listeners: { pulled: () => void; waiting: (state: Waiting) => void }): void {
    const { image = '', imagePullPolicy } = this.container;
    const { images } = this.host;
    if (images.has(image) && imagePullPolicy !== 'Always') {
      this.tell(
        'Normal',
        'Pulled',
        `Container image "${image}" already present on machine and can be accessed by the pod`,
      );
      listeners.pulled();
      return;
    }
    const { pullSeconds, imageMissing } = this.host.behaviourOf(this.container);
    this.tell('Normal', 'Pulling', `Pulling image "${image}"`);
    this.cancel = this.host.timeline.after(pullSeconds * 1000, () => {
      if (imageMissing) {
        this.fail(listeners);
        return;
      }
      images.add(image);
      const took = `${pullSeconds}s`;
      this.tell(
        'Normal',
        'Pulled',
        `Successfully pulled image "${image}" in ${took} (${took} including waiting). Image size: ${sizeOf(image)} bytes.`,
      );
      listeners.pulled();
    });
  }

  stop(): void {
    this.cancel();
  }

  private fail(listeners: Parameters<ImagePull['start']>[0]): void {
    const { image = '' } = this.container;
    const full = /^[^/]+\.[^/]+\//.test(image) ? image : `docker.io/${image}`;
    const error =
      `rpc error: code = NotFound desc = failed to pull and unpack image "${full}": ` +
      `failed to resolve reference "${full}": ${full}: not found`;
    this.tell('Warning', 'Failed', `Failed to pull image "${image}": ${error}`);
    this.tell('Warning', 'Failed', 'Error: ErrImagePull');
    listeners.waiting({ reason: 'ErrImagePull', message: error });
    const now = this.host.timeline.now();
    const retryAt = now.getTime() + this.backOff.fail(now).next;
    const wait = () => {
      const left = retryAt - this.host.timeline.now().getTime();
      if (left <= 0) {
        this.start(listeners);
        return;
      }
      this.tell('Normal', 'BackOff', `Back-off pulling image "${image}"`);
      this.tell('Warning', 'Failed', 'Error: ImagePullBackOff');
      listeners.waiting({
        reason: 'ImagePullBackOff',
        message: `Back-off pulling image "${image}": ErrImagePull: ${error}`,
      });
      this.cancel = this.host.timeline.after(Math.min(left, SYNC_MILLISECONDS), wait);
    };
    this.cancel = this.host.timeline.after(1000, wait);
  }

  private tell(type: 'Normal' | 'Warning', reason: string, message: string): void {
    this.host.event({ type, reason, message, fieldPath: this.fieldPath });
  }
}

/** Any size does; it must only stay the same. */
const sizeOf = (image: string): number =>
  40_000_000 + [...image].reduce((sum, char) => (sum * 31 + char.charCodeAt(0)) % 60_000_000, 7);
