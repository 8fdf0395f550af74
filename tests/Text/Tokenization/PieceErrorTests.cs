using System.Text.Json.Nodes;
using LlmRabbitHoles.Tokenization;

namespace LlmRabbitHoles.Text.Tests;

/// <summary>Each broken tokenizer.json of pieces gets one sentence that names the file, the part and the way out.</summary>
public class PieceErrorTests
{
    private const string Pairs = """
        {"added_tokens": [], "normalizer": null, "pre_tokenizer": null, "post_processor": null, "decoder": null,
         "model": {"type": "BPE", "unk_token": "?", "vocab": {"?": 0, "a": 1, "b": 2, "ab": 3}, "merges": ["a b"]}}
        """;

    private const string Scores = """
        {"added_tokens": [], "normalizer": null, "pre_tokenizer": null, "post_processor": null, "decoder": null,
         "model": {"type": "Unigram", "unk_id": 0, "vocab": [["?", 0], ["a", -1], ["b", -2]]}}
        """;

    [Theory]
    [InlineData("model", "null", "model: is missing. A tokenizer needs a model with a vocabulary and merges.")]
    [InlineData("model.type", "\"WordPiece\"", "model.type: 'WordPiece' is not supported. BPE and Unigram are; " +
        "choose a checkpoint whose tokenizer is of that kind.")]
    [InlineData("model.unk_token", "\"!\"", "model.unk_token: is '!', which the vocabulary lacks. Add the token or set it to null.")]
    [InlineData("model.dropout", "0.1", "model.dropout: leaves merges out by chance, which is for training and not supported. " +
        "Set it to null.")]
    [InlineData("model.merges", "[[\"\", \"a\"]]", "model.merges[0]: merges a token without text. Remove it.")]
    [InlineData("model.merges", "[[\"ab\", \"ab\"]]", "model.merges[0]: needs the token 'abab', which the vocabulary lacks. " +
        "Vocabulary and merges come from different tokenizers, or one was cut short.")]
    [InlineData("pre_tokenizer", "{\"type\": \"Metaspace\", \"replacement\": \"\"}", "pre_tokenizer.replacement: " +
        "must be a string of one character.")]
    [InlineData("pre_tokenizer", "{\"type\": \"Metaspace\", \"replacement\": \"🐇\"}", "pre_tokenizer.replacement: " +
        "lies beyond U+FFFF, which is not supported. Take ▁, U+2581.")]
    [InlineData("pre_tokenizer", "{\"type\": \"Metaspace\", \"replacement\": \"▁\", \"prepend_scheme\": \"last\"}", "pre_tokenizer." +
        "prepend_scheme: is 'last'; it must be one of always, first, never.")]
    [InlineData("pre_tokenizer", "{\"type\": \"Metaspace\", \"replacement\": \"▁\", \"prepend_scheme\": \"first\", " +
        "\"add_prefix_space\": false}", "pre_tokenizer.prepend_scheme: is 'first', and add_prefix_space is false. " +
        "Say never, or leave add_prefix_space out.")]
    [InlineData("pre_tokenizer", "{\"type\": \"Split\", \"pattern\": {\"String\": \"\"}}", "pre_tokenizer.pattern: " +
        "is empty; there is nothing to look for.")]
    [InlineData("decoder", "{\"type\": \"CTC\"}", "decoder.type: 'CTC' is not supported for pieces of text. " +
        "Known are Replace, ByteFallback, Fuse, Strip, Metaspace and Sequence.")]
    [InlineData("decoder", "{\"type\": \"Strip\", \"content\": \" \", \"start\": -1, \"stop\": 0}", "decoder.start: " +
        "must be a whole number, 0 or more.")]
    [InlineData("decoder", "{\"type\": \"Strip\", \"content\": \"  \", \"start\": 1, \"stop\": 0}", "decoder.content: " +
        "must be a string of one character.")]
    [InlineData("normalizer", "{\"type\": \"Precompiled\", \"precompiled_charsmap\": \"*\"}", "normalizer.precompiled_charsmap: " +
        "is not base64. Fetch the file again.")]
    [InlineData("normalizer", "{\"type\": \"Precompiled\", \"precompiled_charsmap\": \"AAA=\"}", "normalizer.precompiled_charsmap: " +
        "has 2 bytes; the first four are the length of a trie. Fetch the file again.")]
    [InlineData("normalizer", "{\"type\": \"Precompiled\", \"precompiled_charsmap\": \"CAAAAAAAAAA=\"}", "normalizer." +
        "precompiled_charsmap: has a trie of 8 bytes, and 4 bytes for it. Fetch the file again.")]
    public void AWrongPartOfPairsIsNamed(string path, string value, string message) => Refuses(Pairs, path, value, message);

    [Theory]
    [InlineData("model.vocab", "[]", "model.vocab: is missing or empty. It lists each piece with its score.")]
    [InlineData("model.vocab", "{}", "model.vocab: must be an array.")]
    [InlineData("model.vocab", "[[\"a\"]]", "model.vocab[0]: has 1 values; a piece is its text and its score, as [\"a\", -3.5].")]
    [InlineData("model.vocab", "[[\"a\", \"b\"]]", "model.vocab[0][1]: must be a number.")]
    [InlineData("model.vocab", "[[\"a\", -1], [\"a\", -2]]", "model.vocab[1]: is 'a', which is listed as 0 already. Remove one.")]
    [InlineData("model.vocab", "[[1, -1]]", "model.vocab[0][0]: must be a string.")]
    [InlineData("model.unk_id", "3", "model.unk_id: is 3, and there are 3 pieces. Name one of them.")]
    [InlineData("model.unk_id", "-1", "model.unk_id: must be a whole number, 0 or more.")]
    [InlineData("added_tokens", "[{\"id\": 9, \"content\": \"b\"}]", "model.vocab: 'b' has the id 2, but as an added token 9. " +
        "Make the two the same.")]
    public void AWrongPartOfScoresIsNamed(string path, string value, string message) => Refuses(Scores, path, value, message);

    [Fact]
    public void ACharacterWithoutPieceIsRefusedWhereNothingStandsForIt()
    {
        var tokenizer = TokenizerJson.Parse(Changed(Scores, "model.unk_id", "null"));
        Assert.Equal([1, 2], tokenizer.Encode("ab"));
        Assert.Equal(
            "tokenizer.json: model: has no piece for '🐇', and no unk_id that stands for such characters. Name an unknown token.",
            Assert.Throws<TokenizerException>(() => tokenizer.Encode("a🐇b")).Message);
    }

    [Fact]
    public void ALoaderOfBytesNamesTheLoaderOfPieces() => Assert.Equal(
        "tokenizer.json: pre_tokenizer: has no ByteLevel, so its tokens are made of characters, not of bytes. " +
        "Load it with TokenizerJson.Load.",
        Assert.Throws<TokenizerException>(() => ByteLevelBpe.Parse(Pairs)).Message);

    [Theory]
    [InlineData("normalizer", "normalizers")]
    [InlineData("pre_tokenizer", "pretokenizers")]
    [InlineData("decoder", "decoders")]
    public void PartsThatNestTooDeeplyAreRefused(string part, string list)
    {
        const int Depth = 20_000;
        var open = string.Concat(Enumerable.Repeat($$"""{"type": "Sequence", "{{list}}": [""", Depth));
        var json = $$"""{"{{part}}": {{open}}{{string.Concat(Enumerable.Repeat("]}", Depth))}}}""";
        Assert.StartsWith("tokenizer.json: is not valid JSON", Assert.Throws<TokenizerException>(() => TokenizerJson.Parse(json)).Message);
    }

    private static void Refuses(string json, string path, string value, string message)
    {
        var error = Assert.Throws<TokenizerException>(() => TokenizerJson.Parse(Changed(json, path, value), "folder/tokenizer.json"));
        Assert.Equal("folder/tokenizer.json: " + message, error.Message);
    }

    private static string Changed(string valid, string path, string value)
    {
        var json = JsonNode.Parse(valid)!;
        var names = path.Split('.');
        var parent = names[..^1].Aggregate(json, (node, name) => node[name]!);
        parent[names[^1]] = JsonNode.Parse(value);
        return json.ToJsonString();
    }
}
