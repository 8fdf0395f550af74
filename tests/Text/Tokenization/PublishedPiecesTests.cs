using System.Collections.Concurrent;
using System.Text.Json;
using LlmRabbitHoles.Tests;
using LlmRabbitHoles.Tokenization;

namespace LlmRabbitHoles.Text.Tests;

/// <summary>
/// The vocabularies of Llama 2 and Mistral 0.1, which npm has, on 28,000 mixed texts and on llama.cpp's own pairs: Golden/llama-spm.inp and
/// .out are its models/ggml-vocab-llama-spm.gguf.inp and .out, from the sources in npm's node-llama-cpp 3.21.1 (MIT licence).
/// </summary>
public class PublishedPiecesTests
{
    private const string Llama2 = "llama-tokenizer-js", Mistral = "mistral-tokenizer-js";
    private const string PairSeparator = "\n__ggml_vocab_test__\n";

    private static readonly ConcurrentDictionary<string, string[]> _pieces = [];

    [Theory]
    [InlineData(Llama2)]
    [InlineData(Mistral)]
    public void IdsOfScoresMatchLlamaCpp(string package)
    {
        var (pieces, scores, types) = Scored(package);
        using var theirs = new LlamaCppVocabulary(pieces, scores, types, addSpacePrefix: true);
        var ours = PieceTokenizer.FromScores(pieces, scores, types);
        foreach (var text in MixedTexts.Plain.Concat(MixedTexts.Astral))
            Assert.True(theirs.Encode(text).SequenceEqual(ours.Encode(text)), JsonSerializer.Serialize(text));
    }

    [Theory]
    [InlineData(Llama2)]
    [InlineData(Mistral)]
    public void IdsAndTextsOfTheSavedTokenizerMatchHuggingFace(string package)
    {
        var (pieces, scores, types) = Scored(package);
        using var folder = new TemporaryFolder();
        PieceTokenizer.FromScores(pieces, scores, types, new() { Beginning = 1 }).Save(folder["tokenizer.json"]);
        var ours = TokenizerJson.Load(folder["tokenizer.json"]);
        using var theirs = new HuggingFaceTokenizer(File.ReadAllText(folder["tokenizer.json"]));
        var scored = PieceTokenizer.FromScores(pieces, scores, types);
        Assert.All(Enumerable.Range(0, 200).Select(n => new string(' ', n)), text => Assert.Equal(scored.Encode(text), ours.Encode(text)));
        foreach (var text in MixedTexts.Plain.Concat(MixedTexts.Astral))
        {
            var ids = ours.Encode(text, addSpecialTokens: true);
            Assert.True(theirs.Encode(text).SequenceEqual(ids), JsonSerializer.Serialize(text));
            Assert.Equal(theirs.Decode(ids), ours.Decode(ids, skipSpecialTokens: true));
        }
    }

    [Fact]
    public void PairsOfLlamaCppAreMet()
    {
        var (pieces, scores, types) = Scored(Llama2);
        var tokenizer = PieceTokenizer.FromScores(pieces, scores, types);
        var texts = File.ReadAllText(GoldenFile.PathOf("llama-spm.inp")).Split(PairSeparator);
        var ids = File.ReadAllText(GoldenFile.PathOf("llama-spm.out")).Split('\n');     // the last text is empty
        Assert.Equal((47, 47), (texts.Length, ids.Length));
        Assert.All(texts.Zip(ids), pair => Assert.Equal(pair.Second.Trim(), string.Join(' ', tokenizer.Encode(pair.First))));
    }

    // In their own files the pieces behind the bytes are scored by their place, 0, -1, -2 ..., and those of spaces alone come last.
    private static (string[] Pieces, float[] Scores, PieceType[] Types) Scored(string package)
    {
        const int Marks = 3, Bytes = 256;
        var pieces = _pieces.GetOrAdd(package, name => JsonSerializer.Deserialize<string[]>(NpmPackages.RunScript("pieces.mjs", name))!);
        return (
            pieces,
            [.. pieces.Select((piece, id) => id < Marks + Bytes ? 0f : piece.Trim('▁').Length == 0 ? -1e9f : Marks + Bytes - id)],
            [.. pieces.Select((_, id) => id switch
            {
                0 => PieceType.Unknown,
                < Marks => PieceType.Control,
                < Marks + Bytes => PieceType.Byte,
                _ => PieceType.Normal,
            })]);
    }
}
