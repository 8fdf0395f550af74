using System.Text.Json.Nodes;
using LlmRabbitHoles.Tokenization;

namespace LlmRabbitHoles.Text.Tests;

/// <summary>Each broken tokenizer.json gets one sentence that names the file, the part and the way out.</summary>
public class TokenizerErrorTests
{
    [Fact]
    public void AMissingFileIsNamed()
    {
        var error = Assert.Throws<TokenizerException>(() => ByteLevelBpe.Load("no/such/tokenizer.json"));
        Assert.Equal(
            "no/such/tokenizer.json: there is no such file. A tokenizer is a tokenizer.json in Hugging Face's format.", error.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{\"model\": }")]
    [InlineData("not json")]
    public void BrokenJsonIsReportedWithItsPlace(string json) =>
        Assert.StartsWith(
            "tokenizer.json: is not valid JSON at line 1, byte ",
            Assert.Throws<TokenizerException>(() => ByteLevelBpe.Parse(json)).Message);

    [Theory]
    [InlineData("[]", "tokenizer.json: must be an object.")]
    [InlineData("{}", "tokenizer.json: model: is missing. A tokenizer needs a model with a vocabulary and merges.")]
    public void ASkeletonIsRefused(string json, string message)
    {
        var withPreTokenizer = json == "{}" ? """{"pre_tokenizer": {"type": "ByteLevel"}}""" : json;
        Assert.Equal(message, Assert.Throws<TokenizerException>(() => ByteLevelBpe.Parse(withPreTokenizer)).Message);
    }

    [Theory]
    [InlineData("model.type", "\"Unigram\"", "model.type: 'Unigram' is not supported with ByteLevel. BPE is; " +
        "choose a checkpoint whose tokenizer is of that kind.")]
    [InlineData("model.type", "\"WordPiece\"", "model.type: 'WordPiece' is not supported with ByteLevel. BPE is; " +
        "choose a checkpoint whose tokenizer is of that kind.")]
    [InlineData("model.byte_fallback", "true", "model.byte_fallback: is true, " +
        "which belongs to BPE over characters; with ByteLevel every byte is a token. Set it to false.")]
    [InlineData("model.end_of_word_suffix", "\"</w>\"", "model.end_of_word_suffix: is not supported: " +
        "BPE keeps the space in the word instead. Choose a tokenizer without it.")]
    [InlineData(
        "model.unk_token", "\"<unk>\"", "model.unk_token: is '<unk>', which the vocabulary lacks. Add the token or set it to null.")]
    [InlineData("model.vocab", "{}", "model.vocab: is missing or empty. It maps each token to its id.")]
    [InlineData("model.vocab.a", "-1", "model.vocab['a']: must be a token id, a whole number from 0 to 16777215.")]
    [InlineData("model.vocab.a", "4000000000", "model.vocab['a']: must be a token id, a whole number from 0 to 16777215.")]
    [InlineData("model.vocab.a", "\"1\"", "model.vocab['a']: must be a token id, a whole number from 0 to 16777215.")]
    [InlineData("model.vocab.a", "2", "model.vocab['b']: has the id 2, which 'a' has already. Give each token its own id.")]
    [InlineData("model.merges", "[\"a b\", \"ab q\"]", "model.merges[1]: needs the token 'q', which the vocabulary lacks. " +
        "Vocabulary and merges come from different tokenizers, or one was cut short.")]
    [InlineData("model.merges", "[[\"b\", \"a\"]]", "model.merges[0]: needs the token 'ba', which the vocabulary lacks. " +
        "Vocabulary and merges come from different tokenizers, or one was cut short.")]
    [InlineData("model.merges", "[\"ab\"]", "model.merges[0]: is \"ab\"; a merge is two tokens, as \"a b\" or as [\"a\", \"b\"].")]
    [InlineData("model.merges", "{}", "model.merges: must be an array.")]
    [InlineData("model.ignore_merges", "1", "model.ignore_merges: must be true or false.")]
    [InlineData("added_tokens", "[{\"id\": 1, \"content\": \"<x>\"}]", "model.vocab: " +
        "'a' has the id 1, which the added token '<x>' has too. Give each token its own id.")]
    [InlineData("added_tokens", "[{\"id\": 9, \"content\": \"ab\"}]", "model.vocab: 'ab' has the id 3, but as an added token 9. " +
        "Make the two the same.")]
    [InlineData("added_tokens", "[{\"id\": 9, \"content\": \"x\"}, {\"id\": 9, \"content\": \"y\"}]", "added_tokens[1].id: " +
        "9 is used by two added tokens. Give each its own id.")]
    [InlineData("added_tokens", "[{\"id\": 8, \"content\": \"x\"}, {\"id\": 9, \"content\": \"x\"}]", "added_tokens[1].content: " +
        "'x' is added twice. Remove one.")]
    [InlineData("added_tokens", "[{\"id\": 8}]", "added_tokens[0].content: must be a string.")]
    [InlineData("pre_tokenizer", "{\"type\": \"Delimiter\"}", "pre_tokenizer.type: 'Delimiter' is not supported. " +
        "Known are ByteLevel, Metaspace, Split, Digits, Punctuation, Whitespace, WhitespaceSplit and Sequence.")]
    [InlineData("pre_tokenizer", "null", "pre_tokenizer: has no ByteLevel, so its tokens are made of characters, not of bytes. " +
        "Load it with TokenizerJson.Load.")]
    [InlineData("pre_tokenizer.type", "1", "pre_tokenizer.type: must be a string.")]
    [InlineData("normalizer", "{\"type\": \"BertNormalizer\"}", "normalizer.type: 'BertNormalizer' is not supported. " +
        "Known are NFC, NFD, NFKC, NFKD, Lowercase, Precompiled, Prepend, Replace, Strip, StripAccents and Sequence.")]
    [InlineData("decoder", "{\"type\": \"Metaspace\"}", "decoder.type: 'Metaspace' is not supported for tokens of bytes. " +
        "ByteLevel is; TokenizerJson.Load reads others.")]
    [InlineData("post_processor", "{\"type\": \"Strange\"}", "post_processor.type: 'Strange' is not supported. " +
        "Known are TemplateProcessing, ByteLevel, BertProcessing, RobertaProcessing and Sequence.")]
    [InlineData("post_processor", "{\"type\": \"TemplateProcessing\", \"single\": []}", "post_processor.single: " +
        "lacks the sequence A, so the text itself would be lost.")]
    [InlineData(
        "post_processor", "{\"type\": \"TemplateProcessing\", \"single\": [{\"SpecialToken\": {\"id\": \"<s>\"}}], \"special_tokens\": {}}",
        "post_processor.single[0].SpecialToken.id: is '<s>', which post_processor.special_tokens doesn't describe. Add it there.")]
    public void AWrongPartIsNamed(string path, string value, string message)
    {
        var error = Assert.Throws<TokenizerException>(() => ByteLevelBpe.Parse(Changed(path, value), "folder/tokenizer.json"));
        Assert.Equal("folder/tokenizer.json: " + message, error.Message);
        Assert.Equal("folder/tokenizer.json", error.File);
        Assert.NotEqual("", error.Part);
    }

    [Fact]
    public void ATokenThatIsListedTwiceIsNamed()
    {
        const string Json =
            """{"pre_tokenizer": {"type": "ByteLevel"}, "model": {"type": "BPE", "vocab": {"a": 0, "a": 1}, "merges": []}}""";
        Assert.Equal("tokenizer.json: is not valid JSON at line 1, byte 85 of the line: the name 'a' stands twice in its object. " +
            "Fetch the file again.", Assert.Throws<TokenizerException>(() => ByteLevelBpe.Parse(Json)).Message);
    }

    [Fact]
    public void ABrokenPatternIsNamed()
    {
        var json = Changed(
            "pre_tokenizer",
            """
            {"type": "Sequence", "pretokenizers": [
              {"type": "Split", "pattern": {"Regex": "("}, "behavior": "Isolated"}, {"type": "ByteLevel"}]}
            """);
        Assert.StartsWith(
            "tokenizer.json: pre_tokenizer.pretokenizers[0].pattern.Regex: is not a regular expression that can be read here: ",
            Assert.Throws<TokenizerException>(() => ByteLevelBpe.Parse(json)).Message);
    }

    [Fact]
    public void AByteThatTheVocabularyLacksIsUnknownOrLeftOut()
    {
        Assert.Equal([3, 2], ByteLevelBpe.Parse(Changed("model.unk_token", "null")).Encode("abxxb"));
        Assert.Equal([3, 0, 0, 2], ByteLevelBpe.Parse(Changed("model.unk_token", "\"!\"")).Encode("abxxb"));
    }

    private static string Changed(string path, string value)
    {
        const string Valid = """
            {"added_tokens": [], "normalizer": null, "pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": false},
             "post_processor": null, "decoder": {"type": "ByteLevel"},
             "model": {"type": "BPE", "unk_token": null, "vocab": {"!": 0, "a": 1, "b": 2, "ab": 3}, "merges": ["a b"]}}
            """;
        var json = JsonNode.Parse(Valid)!;
        var names = path.Split('.');
        var parent = names[..^1].Aggregate(json, (node, name) => node[name]!);
        parent[names[^1]] = JsonNode.Parse(value);
        return json.ToJsonString();
    }
}
