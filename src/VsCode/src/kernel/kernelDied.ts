/** The kernel process ended, or never came up, though nobody asked it to end. The message says how, with its last words. */
export class KernelDied extends Error {
  override readonly name = 'KernelDied';
}
