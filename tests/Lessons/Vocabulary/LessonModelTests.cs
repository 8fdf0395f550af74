using LlmRabbitHoles.Generation;
using LlmRabbitHoles.Tokenization;
using TorchSharp;
using static LlmRabbitHoles.Lessons.Cells;

namespace LlmRabbitHoles.Lessons.Tests;

/// <summary>What cells say is what the engine says.</summary>
public sealed class LessonModelTests(LoadedAlice loaded) : IClassFixture<LoadedAlice>
{
    private const string Sentence = "The capital of Italy is";

    private readonly LessonModel _alice = loaded.Alice;

    [Fact]
    public void ARowIsThatOfTheTable()
    {
        var id = _alice.Model.Tokenizer.Encode(" cat")[0];
        using var row = _alice.Model.Decoder.Embeddings[(long)id].to(torch.ScalarType.Float32);
        Assert.Equal(row.data<float>().ToArray(), _alice.Row(" cat"));
        Assert.Equal(_alice.Width, _alice.Row(" cat").Count);
    }

    [Fact]
    public void ATextOfSeveralTokensHasNoRow()
    {
        var error = Assert.Throws<ArgumentException>(() => _alice.Row("Reykjavík"));
        Assert.StartsWith("'Reykjavík' is not one token; its pieces are '", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WordsAreTokensOfASpaceAndLetters()
    {
        Assert.Contains(" dog", _alice.Words);
        Assert.All(_alice.Words, word => Assert.Matches(@"^ \p{L}{3,}$", word));
        Assert.Equal(_alice.Words.Count, _alice.Words.Distinct().Count());
    }

    [Fact]
    public void TheNearestTokenOfARowIsItsOwn()
    {
        var (token, cosine) = _alice.Nearest(_alice.Row(" dog"), 3)[0];
        Assert.Equal(" dog", token);
        Assert.Equal(1, cosine, 1e-5);
    }

    [Fact]
    public void HiddenStatesBeginWithTheRowsAndThereIsOneMoreThanThereAreLayers()
    {
        var hidden = _alice.Hidden(Sentence);
        Assert.Equal(_alice.Layers + 1, hidden.Length);
        Assert.Equal(_alice.Row(" Italy"), hidden[0][3]);
        Assert.Equal(_alice.Hidden(Sentence, _alice.Layers - 1), hidden[^1][^1]);
    }

    [Fact]
    public void WhatComesNextIsWhatGreedyDecodingWrites()
    {
        var answer = _alice.Continue(Sentence, maxTokens: 4);
        Assert.Equal(answer.Pieces[0], _alice.Next(Sentence).Likeliest);
        Assert.Equal(answer.Pieces, answer.Steps.Take(answer.Pieces.Count).Select(step => step.Likeliest));
        Assert.Equal(answer.Pieces.Count + 1, answer.Steps.Count);
    }

    [Fact]
    public void AnAnswerKnowsTheChanceOfItsEndAtEachStep()
    {
        var answer = _alice.Ask("What is the capital of Italy?");
        var chances = answer.ChanceOf("<|end|>");
        Assert.Equal(StopReason.EndTurn, answer.StopReason);
        Assert.Equal(chances.Max(), chances[^1]);
        Assert.All(chances.SkipLast(1), chance => Assert.True(chance < 0.5));
    }

    [Fact]
    public void RowsThatMoveWithTheirIdsChangeNothing()
    {
        int[] places = [.. Enumerable.Range(0, _alice.Vocabulary)];
        new Random(7).Shuffle(places);
        var ids = _alice.Ids(Sentence);
        int[] renamed = [.. ids.Select(id => places[id])];
        var moved = _alice.WithRowsAt(places);
        Assert.Equal(_alice.Row(ids[1]), moved.Row(renamed[1]));
        Assert.Equal(_alice.Loss(ids), moved.Loss(renamed), 1e-4);
        Assert.True(_alice.Loss(renamed) > 2 * _alice.Loss(ids));
        var (before, after) = (_alice.Next(ids).Probabilities, moved.Next(renamed).Probabilities);
        Assert.All(Enumerable.Range(0, places.Length), id => Assert.Equal(before[id], after[places[id]], 1e-4));
    }

    [Fact]
    public void TheFinalVectorScoresEachTokenWithItsRow()
    {
        var (final, scores) = (_alice.Final(Sentence), _alice.Next(Sentence).Scores);
        Assert.All(Enumerable.Range(0, _alice.Vocabulary), id => Assert.Equal(scores[id], Cells.Dot(final, _alice.Row(id)), 1e-3));
    }

    [Fact]
    public void PlacesThatAreNotAPermutationAreRefused()
    {
        var error = Assert.Throws<ArgumentException>(() => _alice.WithRowsAt([0, 0]));
        Assert.StartsWith(
            $"The 2 places must be the numbers 0 to {_alice.Vocabulary - 1}, each once.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OneIdHasNoLoss() => Assert.StartsWith("A loss needs two or more tokens; there are 1.",
        Assert.Throws<ArgumentException>(() => _alice.Loss([7])).Message, StringComparison.Ordinal);

    [Fact]
    public void LossIsTheMeanSurpriseOfEachNextToken()
    {
        var ids = _alice.Ids(Sentence);
        var steps = _alice.AfterEach(Sentence);
        var surprise = ids.Skip(1).Select((id, at) => -Math.Log(steps[at].Probabilities[id])).Average();
        Assert.Equal(surprise, _alice.Loss(Sentence), 1e-4);
    }

    [Fact]
    public void AChangedModelSaysSoAndLeavesTheFirstAsItWas()
    {
        var before = _alice.Next(Sentence).Scores;
        var changed = _alice.WithoutLayer(_alice.Layers - 1).Without(layer: 0, head: 1);
        Assert.NotEqual(before, changed.Next(Sentence).Scores);
        Assert.Equal(before, _alice.Next(Sentence).Scores);
        Assert.EndsWith($"(layer {_alice.Layers - 1} skipped, head 1 of layer 0 off)", changed.ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public void AModelBesideTheDefaultOneIsLoadedByItsName() =>
        Assert.StartsWith("alice-base: ", Load("alice-base").ToText(), StringComparison.Ordinal);
}

/// <summary>Alice, loaded once for a class.</summary>
public sealed class LoadedAlice
{
    public LessonModel Alice { get; } = Load();
}
