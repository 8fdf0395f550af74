import type { ModelFile } from '../model/modelFile';

declare global {
  /** Where model.js puts the model. */
  var aliceModelFile: ModelFile | undefined;
}

// While this script runs, it knows where it lies.
const address = new URL('model.js', document.currentScript instanceof HTMLScriptElement ? document.currentScript.src : location.href).href;

/**
 * Loads the model's file: a script that is added on demand, because a page that lies on disk may fetch nothing.
 * @throws where the file is not there.
 */
export function loadModelScript(): Promise<ModelFile> {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = address;
    script.onload = () => {
      script.remove();
      const file = globalThis.aliceModelFile;
      globalThis.aliceModelFile = undefined;
      if (file) resolve(file);
      else reject(new Error(`${address} holds no model. Make the book again with ./rabbit book.`));
    };
    script.onerror = () => {
      script.remove();
      reject(new Error(`The model could not be loaded: ${address} is not there. Make the book again with ./rabbit book.`));
    };
    document.head.append(script);
  });
}
