import workerSource from 'worker/source';
import type { GeneratedToken } from '../generation/generate';
import type { Answer, Task } from '../worker/messages';

interface Waiting {
  resolve(result: unknown): void;
  reject(error: Error): void;
  onToken?: ((token: GeneratedToken) => void) | undefined;
}

/** A worker of this page. Its source is part of this script: a page that lies on disk may start no worker from a file. */
export class WorkerClient {
  private readonly worker: Worker;
  private readonly waiting = new Map<number, Waiting>();
  private last = 0;

  constructor() {
    const address = URL.createObjectURL(new Blob([workerSource], { type: 'text/javascript' }));
    this.worker = new Worker(address);
    this.worker.onmessage = ({ data }: MessageEvent<Answer>) => { this.take(data); };
    this.worker.onerror = (event) => { this.fail(new Error(`The model's worker failed: ${event.message}`)); };
  }

  /** @param signal Ends a generation early, with what was written. */
  ask<Result>(task: Task, onToken?: (token: GeneratedToken) => void, signal?: AbortSignal): Promise<Result> {
    const id = ++this.last;
    const cancel = (): void => { this.worker.postMessage({ cancel: id }); };
    const answered = new Promise<Result>((resolve, reject) => {
      this.waiting.set(id, { resolve: (result) => { resolve(result as Result); }, reject, onToken });
    });
    this.worker.postMessage({ id, task });
    signal?.addEventListener('abort', cancel);
    if (signal?.aborted === true) cancel();
    return answered.finally(() => { signal?.removeEventListener('abort', cancel); });
  }

  private take(answer: Answer): void {
    const waiting = this.waiting.get(answer.id);
    if (waiting === undefined) return;
    if ('token' in answer) {
      waiting.onToken?.(answer.token);
      return;
    }
    this.waiting.delete(answer.id);
    if ('error' in answer) waiting.reject(new Error(answer.error));
    else waiting.resolve(answer.result);
  }

  private fail(error: Error): void {
    for (const waiting of this.waiting.values()) waiting.reject(error);
    this.waiting.clear();
  }
}
