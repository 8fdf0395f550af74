// Renders conversations by the chat templates of published models, as Hugging Face's own library does: node chat-templates.mjs CHATS
// CHATS is a JSON file: [{"messages": [...], "tools": [...], ...}]; the answer [{"model": ..., "template": ..., "texts": [text or null]}],
// null where the template refuses the conversation.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Template } from '@huggingface/jinja';

// The package keeps the templates to itself; its source holds them as a literal.
const folder = path.join(path.dirname(fileURLToPath(import.meta.url)), 'node_modules', '@huggingface', 'ollama-utils');
const source = fs.readFileSync(path.join(folder, 'src', 'chat-template-automap.ts'), 'utf8');
const models = new Function(`return ${source.slice(source.indexOf('= [') + 2, source.lastIndexOf('];') + 1)}`)();
const chats = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'));

const render = (template, chat) => {
  try {
    return new Template(template).render(chat);
  } catch {
    return null;
  }
};
console.log(JSON.stringify(models.map(({ model, gguf }) => ({ model, template: gguf, texts: chats.map(chat => render(gguf, chat)) }))));
