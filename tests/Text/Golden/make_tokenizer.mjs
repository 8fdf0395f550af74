// Remakes tokenizer.json and chat_templates.json: what Hugging Face's own libraries make of the small tokenizer and of some chat templates.
//   In a folder outside of the repository:
//     npm install --ignore-scripts @anush008/tokenizers@0.6.0 @huggingface/tokenizers@0.2.0 @huggingface/jinja@0.5.11
//     NODE_PATH=$PWD/node_modules node REPOSITORY/tests/Text/Golden/make_tokenizer.mjs
// @anush008/tokenizers is the Rust library `tokenizers` compiled for Node, and gives the ids. @huggingface/tokenizers, the JavaScript one, is asked
// too; where it differs (it leaves out single_word, and trims white space that a second match needs) the script says so and keeps the Rust ids.
// tokenizer.small.json itself is trained by this project from tokenizer.corpus.txt; the test TrainingIsRepeatable holds the two together.
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';

const here = import.meta.dirname;
const require = createRequire(path.join(process.env.NODE_PATH ?? here, '..', 'x.js'));
const { Tokenizer: Rust } = require('@anush008/tokenizers');
const { Tokenizer: JavaScript } = require('@huggingface/tokenizers');
const { Template } = require('@huggingface/jinja');

// ---- texts ----
const texts = [
  'a', ' ', '  ', '   x', '\n', '\r\n', '\r\n\r\n  x', '\t\tx', 'hello world', "Hello, World!  It's 2024.", ' leading', 'trailing ', 'two  spaces',
  "I'm you're he'll we've she'd it's don't 'S 'LL 'rE'm", "'sa 'tx 're", "x='s'", "''s'' 'll'll", '0123456789 1,234,567.89 12345 007', '٣٤٥ Ⅻ ½ ² 𝟘𝟙𝟚',
  '𝐀𝐁𝐂 math 𝒳', '👩‍👩‍👧‍👦 family 👍🏽 🇩🇪🇫🇷', 'é e\u0301 ñ n\u0303 Å A\u030a \u212b ﬁ ﬃ', '日本語のテキスト。漢字かな交じり文', '中文测试，标点。',
  '한국어 텍스트 각 \u1100\u1161\u11a8', 'עברית العربية हिन्दी ไทย', '\u00a0nbsp\u00a0\u2003em\u3000ideo', '\u200b\u200c\u200d\u2060', '\u0000\u0001\u001f\u007f\u0080\u009f',
  'def f(x):\n    return x**2  # square\n\n\nclass A:\n\tpass\n', 'for (int i=0;i<10;++i) { a[i] += b->c; }', 'https://example.com/a?b=c&d=%20#e',
  '<|endoftext|>', 'a<|endoftext|>b', '<|endoftext|><|endoftext|>', '<|endoftext', '|endoftext|>', '<|user|>hi there<|end|><|assistant|>', 'x <|end|> y', ' <|end|>\n z',
  '___ --- *** ... !!! ???', 'a\u0300\u0316\u0301 x\u0316\u0300', '\u0344 \u0958 \u2126', "ſ 'ſ 'ſx", 'İ I ı i', 'ß ẞ Straße', '𠀀𠀁𪛖', '\uffff\ufffe\ufdd0', '\u0301start',
  '  \n  \n  x', 'x  \n', 'x \r y', '\u2028\u2029', 'tab\tsep\tx  y', '🤷🏿‍♀️', 'tokenization tokens tokenizer', 'e'.repeat(120), 'ab'.repeat(70), ' '.repeat(40) + 'x', '\n'.repeat(20),
  '9'.repeat(33), '!'.repeat(33), 'é'.repeat(20), '\ud800', 'a\udc00b', '\ud83d', 'x\ud83d\ud83d\ude00', 'MASK', 'aMASKb a MASK b', 'MASK MASK', ' LEFT x', 'a  LEFTx', 'x RIGHT  y', 'RIGHT\n\nx',
  ' BOTH ', 'x  BOTH  BOTH  y', 'École éCOLE e\u0301cole', 'WORD', 'xWORD WORD. _WORD WORD', 'WORDWORD WORD', 'BOTH', 'LEFT LEFT', 'RIGHT RIGHT ', '12RIGHT34', "we'LL see'M",
];
let seed = 12345;
const random = n => { seed = (seed * 1103515245 + 12345) & 0x7fffffff; return (seed >> 8) % n; };
const pools = [
  () => String.fromCharCode(32 + random(95)), () => String.fromCodePoint(0xa1 + random(0x700)), () => String.fromCodePoint(0x3040 + random(0x2000)), () => ' ', () => '\n',
  () => String.fromCodePoint(0x1f300 + random(0x300)), () => String.fromCodePoint(0x300 + random(0x70)), () => "'" + ['s', 't', 're', 'VE', 'm', 'Ll', 'd'][random(7)],
  () => String(random(100000)), () => ['the', ' and', ' of', 'ing', 'tion', ' Hello', ' tokens'][random(7)], () => ['\r\n', '\t', '  ', '\u00a0', '\u3000'][random(5)],
  () => String.fromCodePoint(0x1d400 + random(0x400)), () => String.fromCodePoint(0xac00 + random(11172)), () => String.fromCodePoint(0x1100 + random(256)),
  () => ['<|end|>', '<|user|>', 'MASK', 'LEFT', 'RIGHT', 'BOTH', 'WORD'][random(7)],
];
for (let i = 0; i < 180; i++) {
  let text = '';
  for (let n = 1 + random(14); n > 0; n--) text += pools[random(pools.length)]();
  texts.push(text.toWellFormed());
}

// ---- tokenizers: the small one, and the small one with other parts ----
const small = JSON.parse(fs.readFileSync(path.join(here, 'tokenizer.small.json'), 'utf8'));
const byteLevel = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: false };
const regex = digits => `(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|${digits}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+`;
const split = (pattern, behavior = 'Isolated', invert = false) => ({ type: 'Split', pattern, behavior, invert });
const sequence = (...pretokenizers) => ({ type: 'Sequence', pretokenizers });
const size = Object.keys(small.model.vocab).length;
const added = (content, at, flags) => ({ id: size + at, content, single_word: false, lstrip: false, rstrip: false, normalized: false, special: false, ...flags });
const words = [
  added('MASK', 0, {}), added('LEFT', 1, { lstrip: true }), added('RIGHT', 2, { rstrip: true }), added('BOTH', 3, { lstrip: true, rstrip: true, special: true }),
  added('WORD', 4, { single_word: true }),
];
const variants = {
  'as trained': {},
  'Llama 3': { pre_tokenizer: sequence(split({ Regex: regex('\\p{N}{1,3}') }), byteLevel), post_processor: {
    type: 'Sequence', processors: [{ ...byteLevel, use_regex: true }, { type: 'TemplateProcessing', single: [{ SpecialToken: { id: '<|endoftext|>', type_id: 0 } }, { Sequence: { id: 'A', type_id: 0 } }],
      pair: [{ Sequence: { id: 'A', type_id: 0 } }, { Sequence: { id: 'B', type_id: 1 } }], special_tokens: { '<|endoftext|>': { id: '<|endoftext|>', ids: [0], tokens: ['<|endoftext|>'] } } }] } },
  'Qwen 2, NFC': { pre_tokenizer: sequence(split({ Regex: regex('\\p{N}') }), byteLevel), normalizer: { type: 'NFC' } },
  'digits, NFKD': { pre_tokenizer: sequence({ type: 'Digits', individual_digits: true }, { ...byteLevel, use_regex: true }), normalizer: { type: 'NFKD' } },
  'prefix space, lowercase': { pre_tokenizer: { ...byteLevel, add_prefix_space: true, use_regex: true }, normalizer: { type: 'Sequence', normalizers: [{ type: 'NFKC' }, { type: 'Lowercase' }] } },
  'added tokens': { added_tokens: [...small.added_tokens, ...words] },
  'normalized added tokens': { added_tokens: [...small.added_tokens, ...words.map(word => ({ ...word, normalized: true }))], normalizer: { type: 'Sequence', normalizers: [{ type: 'NFD' }, { type: 'StripAccents' }, { type: 'Lowercase' }] } },
  'split, merged with previous': { pre_tokenizer: sequence(split({ String: 'e' }, 'MergedWithPrevious'), split({ Regex: '[^\\r\\n\\p{L}\\p{N}]?\\p{L}++|\\s' }), byteLevel) },
  'split, merged with next': { pre_tokenizer: sequence(split({ Regex: '\\s+' }, 'MergedWithNext'), { type: 'Punctuation', behavior: 'Contiguous' }, byteLevel) },
  'split, removed': { pre_tokenizer: sequence(split({ Regex: '\\p{L}+|\\p{N}' }, 'Removed', true), byteLevel) },
  'white space': { pre_tokenizer: sequence({ type: 'WhitespaceSplit' }, { type: 'Digits', individual_digits: false }, byteLevel), model: { ...small.model, ignore_merges: true } },
};
const golden = { origin: 'made by make_tokenizer.mjs with @anush008/tokenizers 0.6.0 (the Rust library)', texts, variants: [] };
for (const [name, parts] of Object.entries(variants)) {
  const json = { ...small, ...parts };
  const rust = Rust.fromString(JSON.stringify(json));
  const js = new JavaScript(json, { clean_up_tokenization_spaces: false });
  const cases = [];
  let different = 0;
  for (const text of texts.map(text => text.toWellFormed())) {
    const ids = (await rust.encode(text, null, { addSpecialTokens: false })).getIds();
    if (JSON.stringify(ids) !== JSON.stringify(js.encode(text, { add_special_tokens: false }).ids)) different++;
    const decoded = ids.length ? await rust.decode(ids, false) : '';
    cases.push(decoded === text ? [ids] : [ids, decoded]);
  }
  console.log(`${name}: ${cases.length} texts; the JavaScript library differs on ${different}`);
  const patch = { ...parts };
  if (patch.model) patch.model = { ignore_merges: true };
  const withSpecialTokens = (await rust.encode('hello', null, { addSpecialTokens: true })).getIds();
  golden.variants.push({ name, patch, withSpecialTokens, cases });
}
fs.writeFileSync(path.join(here, 'tokenizer.json'), JSON.stringify(golden).replaceAll('{"name"', '\n{"name"') + '\n');

// ---- chat templates ----
const templates = {
  chatml: "{% for message in messages %}{{'<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>' + '\\n'}}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}",
  llama: `{{- bos_token }}
{%- if messages[0]['role'] == 'system' %}
    {%- set system_message = messages[0]['content'] | trim %}
    {%- set messages = messages[1:] %}
{%- else %}
    {%- set system_message = "" %}
{%- endif %}
{{- "<|start_header_id|>system<|end_header_id|>\\n\\n" }}
{%- if tools is defined and tools is not none %}
    {{- "Environment: tools\\n" }}
    {%- for t in tools %}
        {{- t | tojson(indent=4) }}
        {{- "\\n\\n" }}
    {%- endfor %}
{%- endif %}
{{- system_message }}
{{- "<|eot_id|>" }}
{%- for message in messages %}
    {%- if not (message.role == 'tool' or 'tool_calls' in message) %}
        {{- '<|start_header_id|>' + message['role'] + '<|end_header_id|>\\n\\n' + message['content'] | trim + '<|eot_id|>' }}
    {%- elif 'tool_calls' in message %}
        {%- if message.tool_calls | length != 1 %}
            {{- raise_exception("One tool call at a time!") }}
        {%- endif %}
        {%- set tool_call = message.tool_calls[0].function %}
        {{- '<|start_header_id|>assistant<|end_header_id|>\\n\\n' -}}
        {{- '{"name": "' + tool_call.name + '", ' }}
        {{- '"parameters": ' }}
        {{- tool_call.arguments | tojson }}
        {{- "}" }}
        {{- "<|eot_id|>" }}
    {%- else %}
        {{- "<|start_header_id|>ipython<|end_header_id|>\\n\\n" }}
        {%- if message.content is mapping or message.content is iterable and message.content is not string %}
            {{- message.content | tojson }}
        {%- else %}
            {{- message.content }}
        {%- endif %}
        {{- "<|eot_id|>" }}
    {%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}
    {{- '<|start_header_id|>assistant<|end_header_id|>\\n\\n' }}
{%- endif %}
`,
  mistral: `{%- if messages[0]["role"] == "system" -%}
    {%- set system = messages[0]["content"] -%}{%- set turns = messages[1:] -%}
{%- else -%}
    {%- set turns = messages -%}
{%- endif -%}
{%- set users = turns | selectattr("role", "equalto", "user") | list -%}
{%- set ns = namespace(last=none) -%}
{{- bos_token -}}
{%- for message in turns -%}
    {%- if message.role == "user" -%}
        {%- if ns.last == "user" -%}{{ raise_exception("Roles must alternate") }}{%- endif -%}
        {%- if system is defined and message == users[-1] -%}
            {{- "[INST] " + system + "\\n\\n" + message.content + "[/INST]" -}}
        {%- else -%}
            {{- "[INST] " + message.content + "[/INST]" -}}
        {%- endif -%}
    {%- elif message.role == "assistant" and message.content is string -%}
        {{- " " ~ message.content | trim ~ eos_token -}}
    {%- endif -%}
    {%- set ns.last = message.role -%}
{%- endfor -%}
`,
  thinking: `{%- macro turn(role, text) %}{{ '<|im_start|>' ~ role ~ '\\n' ~ text }}{% endmacro %}
{%- set ns = namespace(last_query=messages|length - 1, searching=true) %}
{%- for message in messages[::-1] %}
    {%- if ns.searching and message.role == 'user' and not message.content.startswith('<tool>') %}
        {%- set ns.searching = false %}
        {%- set ns.last_query = messages|length - 1 - loop.index0 %}
    {%- endif %}
{%- endfor %}
{%- if tools %}
    {{- turn('system', '# Tools') }}
    {%- for tool in tools %}
        {{- '\\n' ~ (tool | tojson) }}
    {%- endfor %}
    {{- '<|im_end|>\\n' }}
{%- endif %}
{%- for message in messages %}
    {%- if message.role == 'assistant' %}
        {%- set content = message.content %}
        {%- set thought = '' %}
        {%- if message.reasoning_content is string %}
            {%- set thought = message.reasoning_content %}
        {%- elif '</think>' in content %}
            {%- set thought = content.split('</think>')[0].rstrip('\\n').split('<think>')[-1].lstrip('\\n') %}
            {%- set content = content.split('</think>')[-1].lstrip('\\n') %}
        {%- endif %}
        {%- if loop.index0 > ns.last_query and (loop.last or thought) %}
            {{- turn(message.role, '<think>\\n' ~ thought.strip('\\n') ~ '\\n</think>\\n\\n' ~ content) }}
        {%- else %}
            {{- turn(message.role, content) }}
        {%- endif %}
        {%- for call in message.tool_calls or [] %}
            {%- if not loop.first or content %}{{- '\\n' }}{%- endif %}
            {%- set call = call.function if call.function is defined else call %}
            {{- '<tool_call>\\n{"name": "' ~ call.name ~ '", "arguments": ' ~ (call.arguments if call.arguments is string else call.arguments | tojson) ~ '}\\n</tool_call>' }}
        {%- endfor %}
        {{- '<|im_end|>\\n' }}
    {%- elif message.role == 'tool' %}
        {%- if loop.first or messages[loop.index0 - 1].role != 'tool' %}{{- '<|im_start|>user' }}{%- endif %}
        {{- '\\n<tool>\\n' ~ message.content ~ '\\n</tool>' }}
        {%- if loop.last or messages[loop.index0 + 1].role != 'tool' %}{{- '<|im_end|>\\n' }}{%- endif %}
    {%- else %}
        {{- turn(message.role, message.content) ~ '<|im_end|>\\n' }}
    {%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}
    {{- '<|im_start|>assistant\\n' }}
    {%- if enable_thinking is defined and enable_thinking is false %}{{- '<think>\\n\\n</think>\\n\\n' }}{%- endif %}
{%- endif %}
`,
  blocks: `  {# spaces before, a newline after #}
{% for m in messages %}
  {% if m.role == "user" %}
User: {{ m.content }}
  {% elif m.role == "assistant" %}
Bot: {{ m.content.strip() }}{{ eos_token }}
  {% else %}
    {{ m.role | upper }}: {{ m.content | default('', true) | replace("\\n", " ") }}
  {% endif %}
{% endfor %}
{% if add_generation_prompt %}
Bot:
{% endif %}
`,
};
const user = content => ({ role: 'user', content });
const assistant = (content, more = {}) => ({ role: 'assistant', content, ...more });
const call = { type: 'function', function: { name: 'add', arguments: { a: 1, b: 2.5, note: 'é "quoted"\n', list: [true, false, null] } } };
const tools = [{ type: 'function', function: { name: 'add', description: 'Adds <two> numbers', parameters: { type: 'object', properties: { a: { type: 'number' } }, required: ['a'] } } }];
const conversations = [
  { messages: [user('Hi')] },
  { messages: [{ role: 'system', content: ' Be brief. ' }, user('Hi\nthere'), assistant('Hello!'), user('And now? 👋')] },
  { messages: [user('Think.'), assistant('<think>\nWell, 2 + 2.\n</think>\n\nFour.'), user('More'), assistant('<think>\nHm\n</think>\n\nFive.')], add_generation_prompt: false },
  { messages: [user('Add'), assistant('', { tool_calls: [call] }), { role: 'tool', content: '3.5' }, assistant('It is 3.5.')], tools, add_generation_prompt: false },
  { messages: [user('Add twice'), assistant('Yes.', { reasoning_content: 'two calls', tool_calls: [call] }), { role: 'tool', content: '1' }, { role: 'tool', content: '2' }], tools, enable_thinking: false },
  { messages: [user('One'), user('Two')] },
  { messages: [user('One'), assistant('a', { tool_calls: [call, call] }), user('Two')] },
];
const rendered = [];
for (const [name, template] of Object.entries(templates)) {
  for (const conversation of conversations) {
    const variables = { bos_token: '<s>', eos_token: '</s>', add_generation_prompt: true, ...conversation };
    let expected = null;
    try {
      expected = new Template(template).render(variables);
    } catch (error) {
      console.log(`${name} refuses: ${error.message}`);
    }
    rendered.push({ name, variables, expected });
  }
}
fs.writeFileSync(path.join(here, 'chat_templates.json'), JSON.stringify({ origin: 'made by make_tokenizer.mjs with @huggingface/jinja 0.5.11', templates, rendered }, null, 1) + '\n');
