// Uses a model folder as Hugging Face's own libraries do, and prints what they make of it: node hugging-face.mjs FOLDER TASKS
// TASKS is a JSON file: {"texts": [...], "chats": [{"messages": [...], "tools": [...], ...}]}; the answer {"ids": [[...]], "decoded": [...], "chats": [...]}.
import fs from 'node:fs';
import path from 'node:path';
import { Tokenizer } from '@huggingface/tokenizers';
import { Template } from '@huggingface/jinja';

const read = file => JSON.parse(fs.readFileSync(file, 'utf8'));
const [folder, tasks] = [process.argv[2], read(process.argv[3])];
const config = read(path.join(folder, 'tokenizer_config.json'));
const tokenizer = new Tokenizer(read(path.join(folder, 'tokenizer.json')), config);
const file = path.join(folder, 'chat_template.jinja');
const template = new Template(fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : config.chat_template);
const ids = tasks.texts.map(text => tokenizer.encode(text, { add_special_tokens: false }).ids);
console.log(JSON.stringify({
  ids,
  decoded: ids.map(list => list.length ? tokenizer.decode(list, { skip_special_tokens: true }) : ''),
  chats: tasks.chats.map(chat => template.render({ eos_token: config.eos_token, pad_token: config.pad_token, ...chat })),
}));
