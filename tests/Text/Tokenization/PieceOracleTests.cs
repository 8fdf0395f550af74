using System.Text.Json;
using System.Text.Json.Nodes;
using LlmRabbitHoles.Tests;
using LlmRabbitHoles.Tokenization;

namespace LlmRabbitHoles.Text.Tests;

/// <summary>Pieces against Hugging Face's library: ids, decoded and streamed texts of 28,000 mixed texts.</summary>
public class PieceOracleTests
{
    private static readonly string[] Texts =
    [
        "", " ", "  a", "a  b ", "▁", " ▁a", "▁▁ ▁", "<s>", "a<s> b</s>c", "<unk>", "<0x0A>", "x<|user|> y<|end|>z",
        "<|user|><|end|>", " <s> ", "\n\n", "é<|end|>\n é", "e\u0301 e\u0301\u0302 n\u0303x\u0301", "ﬁ①½…\uFDFA\u200B\u00C5Ω",
        "\r\n\r \n", "か\u3099がか\u3099\u0301", "कि क्ष", "𝐀𝐁 \u0301", .. MixedTexts.Plain, .. MixedTexts.Astral,
    ];

    // The parts that Llama 2, Gemma and Mistral put around such a model, and others that Hugging Face's converter writes.
    public static TheoryData<string, string> ByteFallbacks => new()
    {
        { "as trained", "{}" },
        { "Gemma", PieceModels.NoPrefix },
        {
            "Mistral 0.3", """
            {"normalizer": null, "pre_tokenizer": {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "first", "split": false}}
            """
        },
        {
            "split, never", """
            {"normalizer": {"type": "Lowercase"},
             "pre_tokenizer": {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "never", "split": true},
             "decoder": {"type": "Sequence", "decoders": [{"type": "ByteFallback"}, {"type": "Metaspace", "replacement": "▁",
               "prepend_scheme": "never", "split": true}]}}
            """
        },
        {
            "split, always", """
            {"normalizer": {"type": "Sequence", "normalizers": [{"type": "Strip", "strip_left": true, "strip_right": true},
               {"type": "Replace", "pattern": {"Regex": " {2,}"}, "content": " "}, {"type": "Lowercase"}]},
             "pre_tokenizer": {"type": "Sequence", "pretokenizers": [{"type": "WhitespaceSplit"},
               {"type": "Metaspace", "replacement": "▁", "add_prefix_space": true}]},
             "decoder": {"type": "Metaspace", "replacement": "▁", "add_prefix_space": true}}
            """
        },
        { "no decoder", """{"decoder": null}""" },
        { "unknown ones alone", """{"model": {"byte_fallback": false, "fuse_unk": false}}""" },
        { "unknown ones fused", """{"model": {"byte_fallback": false}}""" },
        { "unknown ones left out", """{"model": {"byte_fallback": false, "unk_token": null}}""" },
        {
            "whole words", """
            {"normalizer": null, "pre_tokenizer": {"type": "Metaspace", "replacement": "▁"}, "model": {"ignore_merges": true}}
            """
        },
        {
            "strip both ends", """
            {"decoder": {"type": "Sequence", "decoders": [{"type": "Replace", "pattern": {"String": "▁"}, "content": " "},
               {"type": "ByteFallback"}, {"type": "Fuse"}, {"type": "Strip", "content": " ", "start": 2, "stop": 0}]}}
            """
        },
    };

    [Theory]
    [MemberData(nameof(ByteFallbacks))]
    public void BytePairsMatchHuggingFace(string name, string patch) =>
        MatchHuggingFace(name, PieceModels.Patched("pieces.bpe.json", patch));

    // Phi-3's marks swallow the white space behind them; the others try the remaining flags.
    [Theory]
    [InlineData("pieces.bpe.json", false)]
    [InlineData("pieces.bpe.json", true)]
    [InlineData("pieces.unigram.json", false)]
    [InlineData("pieces.unigram.json", true)]
    public void AddedTokensMatchHuggingFace(string file, bool normalized)
    {
        var json = JsonNode.Parse(File.ReadAllText(GoldenFile.PathOf(file)))!;
        var added = json["added_tokens"]!.AsArray();
        var id = json["model"]!["vocab"] is JsonArray list ? list.Count : json["model"]!["vocab"]!.AsObject().Count;
        string[] contents = ["<|left|>", "RECHTS", "<|both|>", "WORT", " spaced", "▁marked"];
        foreach (var (index, content) in contents.Index())
        {
            added.Add(JsonSerializer.SerializeToNode(new
            {
                id = id + index, content, single_word = content == "WORT", lstrip = index is 0 or 2, rstrip = index is 1 or 2,
                normalized = normalized && content[0] is not '<', special = content[0] is '<',
            }));
        }

        var random = new Random(8);
        var texts = Texts.Zip(Texts.Reverse(), (text, other) => string.Concat(
            text, Pick(" ", ""), Pick(contents), Pick(" ", "", " \n"), Pick(contents), Pick(" ", "", "x"), other));
        MatchHuggingFace(file, json.ToJsonString(), [.. texts]);

        string Pick(params string[] from) => from[random.Next(from.Length)];
    }

    public static TheoryData<string, string> Unigrams => new()
    {
        { "as trained", "{}" },
        { "no normalizer", """{"normalizer": null}""" },
        {
            "XLM-R", """
            {"pre_tokenizer": {"type": "Sequence", "pretokenizers": [{"type": "WhitespaceSplit"},
               {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always"}]}}
            """
        },
        {
            "one word", """
            {"normalizer": {"type": "Lowercase"}, "pre_tokenizer": {"type": "Metaspace", "replacement": "▁", "split": false}}
            """
        },
        { "spaces", """{"normalizer": null, "pre_tokenizer": null}""" },
        { "byte fallback", PieceModels.Bytes },
    };

    [Theory]
    [MemberData(nameof(Unigrams))]
    public void UnigramsMatchHuggingFace(string name, string patch)
    {
        var json = PieceModels.Patched("pieces.unigram.json", patch);
        MatchHuggingFace(name, name == "byte fallback" ? PieceModels.WithBytes(json) : json);
    }

    private static void MatchHuggingFace(string name, string json, string[]? texts = null)
    {
        var ours = TokenizerJson.Parse(json, name);
        Assert.IsType<PieceTokenizer>(ours);
        using var theirs = new HuggingFaceTokenizer(json);
        foreach (var text in texts ?? Texts)
        {
            var (expected, ids) = (theirs.Encode(text), ours.Encode(text, addSpecialTokens: true));
            Assert.True(expected.SequenceEqual(ids), $"{Show(text)}: " +
                $"{string.Join(' ', expected.Select(ours.Piece))} expected, not {string.Join(' ', ids.Select(ours.Piece))}");
            var decoded = ids.Length == 0 ? "" : theirs.Decode(ids);
            Assert.True(decoded == ours.Decode(ids, skipSpecialTokens: true), $"{Show(text)}: " +
                $"{Show(decoded)} expected, not {Show(ours.Decode(ids, skipSpecialTokens: true))}");
            var decoder = ours.CreateDecoder();
            Assert.Equal(decoded, string.Concat(ids.Select(decoder.Add)) + decoder.Flush());
        }
    }

    private static string Show(string text) => JsonSerializer.Serialize(text);
}
