using System.Text.Json;
using LlmRabbitHoles.Tests;
using LlmRabbitHoles.Tokenization;

namespace LlmRabbitHoles.Text.Tests;

/// <summary>Tokenizers that are made of pieces and scores, as GGUF files hold them.</summary>
public class ScoredPiecesTests
{
    private static readonly string[] Texts =
    [
        "", " ", "  a", "a  b ", "▁", " ▁a", "<s>", "a<s> b</s>c", "<unk>", "<0x0A>", "x<|user|> y<|end|>z", "\n\n",
        new string('a', 900),
        .. MixedTexts.Plain, .. MixedTexts.Astral,
    ];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void IdsMatchLlamaCpp(bool addSpacePrefix)
    {
        var (pieces, scores, types) = PieceModels.Scored();
        MatchLlamaCpp(pieces, scores, types, addSpacePrefix);
    }

    // Scores that tie between pieces, and characters that only longer pieces have.
    [Fact]
    public void TiesAndPartsThatAreNotPiecesMatchLlamaCpp()
    {
        var (pieces, scores, types) = PieceModels.Scored();
        for (var id = 0; id < pieces.Length; id++)
        {
            if (types[id] != PieceType.Normal) continue;
            scores[id] = MathF.Round(scores[id] / 40);
            if (pieces[id] is "e" or "h" or "日" or "é") (types[id], pieces[id]) = (PieceType.Unused, $"[free {id}]");
        }

        MatchLlamaCpp(pieces, scores, types, addSpacePrefix: true);
    }

    [Fact]
    public void ScoresGiveTheIdsOfTheConvertedMerges()
    {
        var (pieces, scores, types) = PieceModels.Scored();
        var scored = PieceTokenizer.FromScores(pieces, scores, types, new() { Beginning = 1 });
        var converted = PieceTokenizer.Load(GoldenFile.PathOf("pieces.bpe.json"));
        Assert.All(Texts, text => Assert.Equal(converted.Encode(text, true), scored.Encode(text, true)));
        Assert.All(
            Texts.Where(text => !text.Contains('▁') && !text.Contains('<')),
            text => Assert.Equal(text, scored.Decode(scored.Encode(text), skipSpecialTokens: false)));
    }

    [Fact]
    public void ASavedTokenizerOfScoresReadsBackAsATokenizerJson()
    {
        var (pieces, scores, types) = PieceModels.Scored();
        var scored = PieceTokenizer.FromScores(pieces, scores, types, new() { Beginning = 1, End = 2 });
        using var folder = new TemporaryFolder();
        scored.Save(folder["tokenizer.json"]);
        var read = TokenizerJson.Load(folder["tokenizer.json"]);
        Assert.All(Texts.Take(4_000), text => Assert.Equal(scored.Encode(text, true), read.Encode(text, true)));
    }

    // llama.cpp's own rule, by hand: "▁ab" has the pieces ▁a (-1) and ab (-2), so ▁a is merged first and b stays alone.
    [Fact]
    public void TheHigherScoreMergesFirst()
    {
        Assert.Equal([3, 2], OfScores(-1, -2).Encode("ab"));
        Assert.Equal([0, 4], OfScores(-2, -1).Encode("ab"));
        Assert.Equal([3, 2], OfScores(-1, -1).Encode("ab"));

        static PieceTokenizer OfScores(float spaceA, float ab) => PieceTokenizer.FromScores(
            ["▁", "a", "b", "▁a", "ab"], [0, 0, 0, spaceA, ab], [.. Enumerable.Repeat(PieceType.Normal, 5)]);
    }

    [Fact]
    public void ListsThatDoNotFitTogetherAreRefused()
    {
        Assert.Equal(
            "the list of pieces: has 2 pieces, 1 scores and 2 types. Give as many of each, and at least one.",
            Refusal(["a", "b"], [0], [PieceType.Normal, PieceType.Normal]));
        Assert.Equal(
            "the list of pieces: has no text for the id 1. Give each piece at least one character.",
            Refusal(["a", ""], [0, 0], [PieceType.Normal, PieceType.Normal]));
        Assert.Equal(
            "the list of pieces: has the score NaN for the piece 0, 'a'. Give it a number.",
            Refusal(["a"], [float.NaN], [PieceType.Normal]));
        Assert.Equal("the list of pieces: has the type 9 for the piece 0, 'a'. Types are 1 to 6.", Refusal(["a"], [0], [(PieceType)9]));
        Assert.Equal(
            "the list of pieces: has half a surrogate pair in the piece 0. Read it as UTF-8.",
            Refusal(["\ud800"], [0], [PieceType.Normal]));
        Assert.Equal(
            "model.gguf: has 1 pieces, and the token 7 is to stand around a text. Name one of the pieces.",
            Refusal(["a"], [0], [PieceType.Normal], new() { Beginning = 7, Name = "model.gguf" }));

        static string Refusal(string[] pieces, float[] scores, PieceType[] types, PieceOptions? options = null) =>
            Assert.Throws<TokenizerException>(() => PieceTokenizer.FromScores(pieces, scores, types, options)).Message;
    }

    private static void MatchLlamaCpp(string[] pieces, float[] scores, PieceType[] types, bool addSpacePrefix)
    {
        using var theirs = new LlamaCppVocabulary(pieces, scores, types, addSpacePrefix);
        var ours = PieceTokenizer.FromScores(pieces, scores, types, new() { AddSpacePrefix = addSpacePrefix });
        foreach (var text in Texts)
        {
            var (expected, ids) = (theirs.Encode(text), ours.Encode(text));
            Assert.True(expected.SequenceEqual(ids), $"{JsonSerializer.Serialize(text)}: " +
                $"{string.Join(' ', expected)} expected, not {string.Join(' ', ids)}");
        }
    }
}
