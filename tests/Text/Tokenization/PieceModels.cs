using System.Text.Json.Nodes;
using LlmRabbitHoles.Tests;
using LlmRabbitHoles.Tokenization;

namespace LlmRabbitHoles.Text.Tests;

/// <summary>Small tokenizers of pieces, from the files that Golden/make_pieces.py makes.</summary>
internal static class PieceModels
{
    /// <summary>Gemma's way: no space before the text.</summary>
    public const string NoPrefix = """
        {"normalizer": {"type": "Replace", "pattern": {"String": " "}, "content": "▁"},
         "decoder": {"type": "Sequence", "decoders": [
           {"type": "Replace", "pattern": {"String": "▁"}, "content": " "}, {"type": "ByteFallback"}, {"type": "Fuse"}]},
         "pre_tokenizer": {"type": "Split", "pattern": {"String": " "}, "behavior": "MergedWithPrevious", "invert": false}}
        """;

    /// <summary>Pieces whose bytes stand in for unknown characters, in a Unigram model.</summary>
    public const string Bytes = """
        {"model": {"byte_fallback": true},
         "decoder": {"type": "Sequence", "decoders": [{"type": "ByteFallback"}, {"type": "Metaspace", "replacement": "▁"}]}}
        """;

    /// <summary>A tokenizer by what is special of it.</summary>
    public static PieceTokenizer Of(string name) => name switch
    {
        "pieces" => PieceTokenizer.Load(GoldenFile.PathOf("pieces.bpe.json")),
        "pieces, no prefix" => PieceTokenizer.Parse(Patched("pieces.bpe.json", NoPrefix)),
        "pieces, unknown ones" => PieceTokenizer.Parse(Patched("pieces.bpe.json", """{"model": {"byte_fallback": false}}""")),
        "pieces, likeliest" => PieceTokenizer.Load(GoldenFile.PathOf("pieces.unigram.json")),
        "pieces, likeliest, bytes" => PieceTokenizer.Parse(WithBytes(Patched("pieces.unigram.json", Bytes))),
        "pieces, scores" => PieceTokenizer.FromScores(Scored().Pieces, Scored().Scores, Scored().Types),
        _ => throw new ArgumentException($"No tokenizer is called '{name}'.", nameof(name)),
    };

    /// <summary>The lists of the model behind pieces.bpe.json.</summary>
    public static (string[] Pieces, float[] Scores, PieceType[] Types) Scored()
    {
        var golden = GoldenFile.Read("pieces.scores.json");
        return (
            [.. golden.GetProperty("pieces").EnumerateArray().Select(piece => piece.GetString()!)],
            [.. golden.GetProperty("scores").EnumerateArray().Select(score => score.GetSingle())],
            [.. golden.GetProperty("types").EnumerateArray().Select(type => (PieceType)type.GetInt32())]);
    }

    /// <summary>A file with some of its parts, or of its model's settings, replaced.</summary>
    public static string Patched(string file, string patch)
    {
        var json = JsonNode.Parse(File.ReadAllText(GoldenFile.PathOf(file)))!.AsObject();
        foreach (var (part, value) in JsonNode.Parse(patch)!.AsObject())
        {
            if (part != "model") json[part] = value?.DeepClone();
            else foreach (var (name, setting) in value!.AsObject()) json["model"]![name] = setting?.DeepClone();
        }

        return json.ToJsonString();
    }

    /// <summary>A Unigram model with a piece for each byte.</summary>
    public static string WithBytes(string json)
    {
        var root = JsonNode.Parse(json)!;
        for (var value = 0; value < 256; value++) root["model"]!["vocab"]!.AsArray().Add(new JsonArray($"<0x{value:X2}>", 0.0));
        return root.ToJsonString();
    }
}
