"""Remakes pieces.bpe.json, pieces.unigram.json and pieces.scores.json: small SentencePiece models, trained by Google's own library and
written as transformers converts them to Hugging Face's tokenizer.json.

    apt-get install sentencepiece python3-sentencepiece python3-protobuf        (0.1.97 was used)
    python3 tests/Text/Golden/make_pieces.py
"""
import base64, json, pathlib, tempfile
import sentencepiece
from sentencepiece import sentencepiece_model_pb2 as proto

here = pathlib.Path(__file__).parent
texts = json.loads((here / 'tokenizer.json').read_text(encoding='utf-8'))['texts']
corpus = (here / 'tokenizer.corpus.txt').read_text(encoding='utf-8').splitlines()
corpus = corpus * 20 + [line for text in texts for line in text.encode('utf-8', 'ignore').decode('utf-8').splitlines()]
MARKS = ['<|user|>', '<|end|>']

# What a text is rewritten to before a Unigram model sees it: one of several characters, one that vanishes, one that grows, marks, a chain.
RULES = [('\uFB01', 'fi'), ('\u2126', '\u03A9'), ('e\u0301', '\u00E9'), ('n\u0303', '\u00F1'), ('\u00A0', ' '), ('\u3000', ' '), ('\t', ' '),
         ('\n', ' '), ('\r\n', ' '), ('\u200B', ''), ('\u2026', '...'), ('\u00BD', '1\u20442'), ('\uFDFA', 'a long phrase'), ('\u2460', '1'),
         ('\U0001D400', 'A'), ('\u0301', ''), ('\u3042', '\u30A2'), ('\u304B\u3099', '\u30AC'), ('\u00C5', 'A\u030A'), ('\u0915', '\u0916')]


def train(kind, size, **options):
    with tempfile.TemporaryDirectory() as folder:
        text, rules = pathlib.Path(folder, 'corpus.txt'), pathlib.Path(folder, 'rules.tsv')
        text.write_text('\n'.join(corpus), encoding='utf-8')
        rules.write_text(''.join(' '.join(f'{ord(c):X}' for c in a) + '\t' + ' '.join(f'{ord(c):X}' for c in b) + '\n' for a, b in RULES))
        if options.pop('rules', False):
            options['normalization_rule_tsv'] = str(rules)
        sentencepiece.SentencePieceTrainer.train(
            input=str(text), model_prefix=str(pathlib.Path(folder, 'm')), model_type=kind, vocab_size=size, hard_vocab_limit=False,
            num_threads=1, minloglevel=2, max_sentence_length=20000, **options)
        return proto.ModelProto.FromString(pathlib.Path(folder, 'm.model').read_bytes())


def added(model):
    return [{'id': i, 'content': p.piece, 'single_word': False, 'lstrip': False, 'rstrip': False, 'normalized': False, 'special': p.type != 4}
            for i, p in enumerate(model.pieces) if p.type in (2, 3, 4)]


def write(name, value):
    (here / name).write_text(json.dumps(value, ensure_ascii=False, indent=1).replace('\u2028', '\\u2028').replace('\u2029', '\\u2029') + '\n', encoding='utf-8')


def template(token, id):
    return {'type': 'TemplateProcessing', 'single': [{'SpecialToken': {'id': token, 'type_id': 0}}, {'Sequence': {'id': 'A', 'type_id': 0}}],
            'pair': [{'Sequence': {'id': 'A', 'type_id': 0}}, {'Sequence': {'id': 'B', 'type_id': 1}}],
            'special_tokens': {token: {'id': token, 'ids': [id], 'tokens': [token]}}}


def replace(text, content):
    return {'type': 'Replace', 'pattern': {'String': text}, 'content': content}


bpe = train('bpe', 1600, byte_fallback=True, character_coverage=0.985, normalization_rule_name='identity', remove_extra_whitespaces=False,
            add_dummy_prefix=True, user_defined_symbols=MARKS, split_digits=True, allow_whitespace_only_pieces=True)
vocab = {p.piece: i for i, p in enumerate(bpe.pieces)}
merges = []
for id, p in enumerate(bpe.pieces):
    local = [(p.piece[:at], p.piece[at:]) for at in range(1, len(p.piece)) if p.type == 1 and p.piece[:at] in vocab and p.piece[at:] in vocab]
    merges += [(p.score, id, left, right) for left, right in sorted(local, key=lambda pair: (vocab[pair[0]], vocab[pair[1]]))]
merges.sort(key=lambda merge: -merge[0])
write('pieces.bpe.json', {
    'version': '1.0', 'truncation': None, 'padding': None, 'added_tokens': added(bpe),
    'normalizer': {'type': 'Sequence', 'normalizers': [{'type': 'Prepend', 'prepend': '▁'}, replace(' ', '▁')]},
    'pre_tokenizer': None, 'post_processor': template('<s>', 1),
    'decoder': {'type': 'Sequence', 'decoders': [
        replace('▁', ' '), {'type': 'ByteFallback'}, {'type': 'Fuse'}, {'type': 'Strip', 'content': ' ', 'start': 1, 'stop': 0}]},
    'model': {'type': 'BPE', 'dropout': None, 'unk_token': '<unk>', 'continuing_subword_prefix': None, 'end_of_word_suffix': None,
              'fuse_unk': True, 'byte_fallback': True, 'ignore_merges': False, 'vocab': vocab, 'merges': [f'{l} {r}' for _, _, l, r in merges]}})
write('pieces.scores.json', {
    'origin': 'made by make_pieces.py: the pieces, scores and types of the model behind pieces.bpe.json',
    'pieces': [p.piece for p in bpe.pieces], 'scores': [p.score for p in bpe.pieces], 'types': [p.type for p in bpe.pieces]})

unigram = train('unigram', 1200, character_coverage=0.985, rules=True, user_defined_symbols=MARKS)
metaspace = {'type': 'Metaspace', 'replacement': '▁', 'prepend_scheme': 'always', 'split': True}
write('pieces.unigram.json', {
    'version': '1.0', 'truncation': None, 'padding': None, 'added_tokens': added(unigram),
    'normalizer': {'type': 'Sequence', 'normalizers': [
        {'type': 'Precompiled', 'precompiled_charsmap': base64.b64encode(unigram.normalizer_spec.precompiled_charsmap).decode()},
        {'type': 'Replace', 'pattern': {'Regex': ' {2,}'}, 'content': '▁'}]},
    'pre_tokenizer': metaspace, 'post_processor': template('<s>', 1), 'decoder': metaspace,
    'model': {'type': 'Unigram', 'unk_id': 0, 'vocab': [[p.piece, p.score] for p in unigram.pieces], 'byte_fallback': False}})
print(len(bpe.pieces), 'pieces', len(merges), 'merges;', len(unigram.pieces), 'pieces,', len(unigram.normalizer_spec.precompiled_charsmap), 'bytes of rules')
