using LlmRabbitHoles.Tokenization;

namespace LlmRabbitHoles.Engine.Tests;

/// <summary>A tokenizer that can cut the letters a, b and c, for models whose vocabulary is smaller than all bytes.</summary>
internal static class TinyTokenizer
{
    public const string Json =
        """
        {
          "version": "1.0", "truncation": null, "padding": null, "normalizer": null, "post_processor": null,
          "added_tokens": [
            {"id": 0, "content": "<|end|>", "single_word": false, "lstrip": false, "rstrip": false, "normalized": false, "special": true},
            {"id": 6, "content": "plain", "single_word": false, "lstrip": false, "rstrip": false, "normalized": false, "special": false}
          ],
          "pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": true},
          "decoder": {"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": true},
          "model": {
            "type": "BPE", "dropout": null, "unk_token": null, "continuing_subword_prefix": null, "end_of_word_suffix": null,
            "fuse_unk": false, "byte_fallback": false, "ignore_merges": false,
            "vocab": {"<|end|>": 0, "a": 1, "b": 2, "c": 3, "ab": 4, "Ċ": 5}, "merges": ["a b"]
          }
        }
        """;

    public static ByteLevelBpe Create() => ByteLevelBpe.Parse(Json);
}
