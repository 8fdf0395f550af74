namespace LlmRabbitHoles.Lessons.Tests;

/// <summary>The published vocabularies say what is known of them, and Alice's says what the engine says.</summary>
public sealed class LessonTokenizerTests(LoadedAlice loaded) : IClassFixture<LoadedAlice>
{
    private readonly LessonTokenizer _alice = loaded.Alice.Tokenizer;

    public static TheoryData<string> Names => ["GPT-2", "GPT-4", "GPT-4o"];

    // As OpenAI published them, the marks included.
    [Fact]
    public void PublishedVocabulariesHaveTheirSizes() =>
        Assert.Equal([50_257, 100_277, 200_019], new[] { Tokenizers.Gpt2, Tokenizers.Gpt4, Tokenizers.Gpt4o }.Select(one => one.Size));

    [Fact]
    public void TheCatDogIsEnglishOnlyInGpt2()
    {
        Assert.Equal("The cat dog", Tokenizers.Gpt2.Text(464, 3797, 3290));
        Assert.Equal([464, 3797, 3290], Tokenizers.Gpt2.Ids("The cat dog"));
        Assert.NotEqual("The cat dog", Tokenizers.Gpt4.Text(464, 3797, 3290));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void IdsBecomeTheSameTextInEveryLanguage(string name)
    {
        var tokenizer = new[] { Tokenizers.Gpt2, Tokenizers.Gpt4, Tokenizers.Gpt4o }.Single(one => one.Name == name);
        Assert.All(ParallelText.BornFree, one => Assert.Equal(one.Text, tokenizer.Text(tokenizer.Ids(one.Text))));
    }

    [Fact]
    public void PiecesAndCountsAreThoseOfTheIds()
    {
        Assert.Equal(["un", "h", "appiness"], Tokenizers.Gpt4.Pieces("unhappiness"));
        Assert.Equal(3, Tokenizers.Gpt4.Count("unhappiness"));
        Assert.Equal(loaded.Alice.Ids("unhappiness"), _alice.Ids("unhappiness"));
        Assert.Equal(loaded.Alice.Vocabulary, _alice.Size);
    }

    [Fact]
    public void AStripNamesItsVocabulary() =>
        Assert.EndsWith("GPT-4: 3 tokens", Tokenizers.Gpt4.Tokens("unhappiness").ToText(), StringComparison.Ordinal);

    [Fact]
    public void AStreamPrintsNothingWhileACharacterIsNotWhole()
    {
        var printed = _alice.Stream("A 🐇!").Select(step => step.Printed).ToArray();
        Assert.Equal("A 🐇!", string.Concat(printed));
        Assert.Equal(["", "🐇", "!"], printed[^3..]);
    }

    [Fact]
    public void ParallelSentencesBeginWithEnglishAndDiffer()
    {
        Assert.Equal("English", ParallelText.BornFree[0].Language);
        Assert.Equal(8, ParallelText.BornFree.Select(one => one.Language).Distinct().Count());
        Assert.All(ParallelText.BornFree, one => Assert.True(one.Text.IsNormalized()));
    }
}
