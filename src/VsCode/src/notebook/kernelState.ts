/** What the kernel of one notebook does. A kernel is started by the first cell. */
export type KernelState = 'off' | 'starting' | 'idle' | 'busy';
