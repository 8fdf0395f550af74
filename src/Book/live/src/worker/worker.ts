import type { Answer, Question, Task } from './messages';
import { Model } from './model';

// The worker: computes what the page asks, so that the page stays alive meanwhile.
const scope = self as unknown as { postMessage(answer: Answer): void; onmessage: (event: MessageEvent<Question>) => void };
const cancelled = new Set<number>();
let model: Model | undefined;

scope.onmessage = ({ data }) => {
  if ('cancel' in data) cancelled.add(data.cancel);
  else void answer(data.id, data.task);
};

async function answer(id: number, task: Task): Promise<void> {
  try {
    scope.postMessage({ id, result: await run(id, task) });
  } catch (error) {
    scope.postMessage({ id, error: error instanceof Error ? error.message : String(error) });
  }
}

async function run(id: number, task: Task): Promise<unknown> {
  if (task.kind === 'load') return (model = await Model.read(task.file, task.arithmetic)).facts;
  if (model === undefined) throw new Error('The model is not loaded yet.');
  switch (task.kind) {
    case 'encode': return model.encode(task.prompt);
    case 'trace': return model.trace(task.text);
    case 'logits': return model.logits(task.tokens);
    case 'inspect': return model.inspect(task.tokens, task.options);
    case 'generate': return model.generate(task.prompt, task.settings, {
      onToken: (token) => { scope.postMessage({ id, token }); },
      isCancelled: async () => {
        await messagesToArrive();
        return cancelled.delete(id);
      },
    });
  }
}

// A message to ourselves comes after those that wait. A timer would do too, but browsers let it wait for 4 ms.
const channel = new MessageChannel();
const arrivals: (() => void)[] = [];
channel.port1.onmessage = () => arrivals.shift()?.();

function messagesToArrive(): Promise<void> {
  return new Promise((arrived) => {
    arrivals.push(arrived);
    channel.port2.postMessage(null);
  });
}
