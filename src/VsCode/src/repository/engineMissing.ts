/** Why no kernel can be started. The message is a sentence or two for the reader, with the command to run. */
export class EngineMissing extends Error {
  override readonly name = 'EngineMissing';

  /** @param root The repository whose engine is not built; undefined when there is no repository. */
  private constructor(message: string, readonly root: string | undefined) {
    super(message);
  }

  static notBuilt(root: string): EngineMissing {
    return new EngineMissing(
      `The engine is not built yet. Run ./rabbit build in '${root}' (a minute or two), then run the cell again.`, root);
  }

  static noRepository(folders: readonly string[]): EngineMissing {
    return new EngineMissing(
      `There is no ./rabbit above ${folders.map((folder) => `'${folder}'`).join(' or ') || 'this notebook'}. ` +
      'Open the folder of your clone of LLM Rabbit Holes, or name it in the setting rabbitHoles.repository.', undefined);
  }
}
