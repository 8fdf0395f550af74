using LlmRabbitHoles.Tests;
using LlmRabbitHoles.Tokenization;

namespace LlmRabbitHoles.Text.Tests;

public class BpeTrainerTests
{
    private static string Corpus => File.ReadAllText(GoldenFile.PathOf("tokenizer.corpus.txt"));

    // The words "abab", " abab", " ab" hold a+b 5 times, b+a 2, " "+a 2. After a+b: " "+ab 2 and ab+ab 2, of which the lower ids win. Then
    // all stand once.
    [Fact]
    public void TheCommonestPairIsMergedFirstAndTiesGoToTheLowestIds()
    {
        var tokenizer = Train(["abab abab ab"], new BpeTrainingOptions { VocabularySize = 260 });
        Assert.Equal(["a+b", " +ab"], tokenizer.Merges.Select(merge => $"{tokenizer.Piece(merge.Left)}+{tokenizer.Piece(merge.Right)}"));
        Assert.Equal(["ab", "ab", " ab", "ab", " ab"], tokenizer.Encode("abab abab ab").Select(tokenizer.Piece));
    }

    [Fact]
    public void TrainingIsRepeatable()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var path = Path.Combine(folder.FullName, "tokenizer.json");
            Train([Corpus], SmallTokenizer.Options).Save(path);
            Assert.Equal(File.ReadAllText(SmallTokenizer.FilePath), File.ReadAllText(path));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void CountingOnlyWhatChangedGivesTheMergesOfCountingAnew(bool splitDigits)
    {
        string[] texts = [Corpus, "aaaaaaa aaaa aaa abababab babab", new string('z', 37)];
        var options = new BpeTrainingOptions { VocabularySize = 400, SplitDigits = splitDigits };
        var trained = Train(texts, options);
        Assert.Equal(PlainMerges(trained, texts, options.VocabularySize - 256), trained.Merges.Select(merge => (merge.Left, merge.Right)));
    }

    [Fact]
    public void DigitsCanStayTokensOfTheirOwn()
    {
        var tokenizer = Train(
            [string.Concat(Enumerable.Repeat("2024 1000 ", 50))], new BpeTrainingOptions { VocabularySize = 300, SplitDigits = true });
        Assert.Equal(["2", "0", "2", "4", " ", "1"], tokenizer.Encode("2024 1").Select(tokenizer.Piece));
        Assert.Empty(tokenizer.Merges);
    }

    // Without their spaces the words are "abab" three times and "ab" twice: a+b, then ab+ab. Half of the room for 4 merges is for spaces:
    // "ab" and "abab" both follow one twice, and "ab" has the lower id.
    [Fact]
    public void AWordIsSplitTheSameWayWhereverItStandsWhenItsSpaceIsMergedLast()
    {
        var tokenizer = Train(["abab abab abab ab ab"], new BpeTrainingOptions { VocabularySize = 260, SpaceShare = 0.5 });
        Assert.Equal(["a+b", "ab+ab", " +ab", " +abab"], tokenizer.Merges.Select(
            merge => $"{tokenizer.Piece(merge.Left)}+{tokenizer.Piece(merge.Right)}"));
        Assert.Equal(["abab", " abab", " ab", "\"", "ab", "\""], tokenizer.Encode("abab abab ab\"ab\"").Select(tokenizer.Piece));
    }

    [Fact]
    public void EveryWordHasTheSamePiecesAfterASpaceWhenSpacesAreMergedLast()
    {
        var tokenizer = Train([Corpus], new BpeTrainingOptions { VocabularySize = 600, SpaceShare = 0.4 });
        Assert.All(
            Corpus.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Where(word => word.All(char.IsLetter)), word => Assert.Equal(
            string.Join('|', tokenizer.Encode(word).Select(tokenizer.Piece)),
            string.Join('|', tokenizer.Encode(" " + word).Select(tokenizer.Piece)).TrimStart(' ', '|')));
    }

    [Fact]
    public void SpecialTokensInTheCorpusTeachNothing()
    {
        var text = string.Concat(Enumerable.Repeat("<|end|>", 100)) + "xyxy";
        var tokenizer = Train([text], new BpeTrainingOptions { VocabularySize = 300, SpecialTokens = ["<|end|>"] });
        Assert.Equal(["xy"], tokenizer.Merges.Select(merge => tokenizer.Piece(merge.Result)));
    }

    [Fact]
    public void RarePairsAreNotMerged()
    {
        var tokenizer = Train(["ab ab ab cd cd"], new BpeTrainingOptions { VocabularySize = 300, MinFrequency = 3 });
        Assert.Equal(["ab"], tokenizer.Merges.Select(merge => tokenizer.Piece(merge.Result)));
    }

    [Fact]
    public void AnEmptyCorpusGivesTheBytes()
    {
        var tokenizer = Train([], new BpeTrainingOptions());
        Assert.Equal(256, tokenizer.VocabularySize);
        Assert.Equal("é", tokenizer.Decode(tokenizer.Encode("é")));
    }

    [Fact]
    public void TrainingCanBeStopped() => Assert.Throws<OperationCanceledException>(() =>
        BpeTrainer.Train([Corpus], SmallTokenizer.Options, cancellationToken: new CancellationToken(canceled: true)));

    [Fact]
    public void ProgressEndsAtTheLastToken()
    {
        var reports = new Reports();
        Train([Corpus], new BpeTrainingOptions { VocabularySize = 320 }, reports);
        Assert.Equal(320, reports.Last?.Tokens);
        Assert.Equal(320, reports.Last?.WantedTokens);
        Assert.NotNull(reports.Last?.LastPiece);
    }

    [Fact]
    public void InvalidOptionsAreRefusedWithAReason()
    {
        Assert.Contains(
            "VocabularySize must be 256 to",
            Assert.Throws<ArgumentOutOfRangeException>(() => new BpeTrainingOptions { VocabularySize = 255 }).Message);
        Assert.Contains(
            "MinFrequency must be 1 or more.",
            Assert.Throws<ArgumentOutOfRangeException>(() => new BpeTrainingOptions { MinFrequency = 0 }).Message);
        Assert.Contains(
            "listed twice", Assert.Throws<ArgumentException>(() => new BpeTrainingOptions { SpecialTokens = ["<a>", "<a>"] }).Message);
        Assert.Contains(
            "longer than one character", Assert.Throws<ArgumentException>(() => new BpeTrainingOptions { SpecialTokens = ["a"] }).Message);
        var error =
            Assert.Throws<TokenizerException>(() => Train([], new BpeTrainingOptions { VocabularySize = 256, SpecialTokens = ["<a>"] }));
        Assert.Equal(
            "A vocabulary of 256 has no room for 1 special tokens and 256 bytes. Set VocabularySize to 257 or more.", error.Message);
    }

    [Fact]
    public void DefaultsMatchTheDocumentation()
    {
        var options = new BpeTrainingOptions();
        Assert.Equal((4096, 2, false, 0), (options.VocabularySize, options.MinFrequency, options.SplitDigits, options.SpecialTokens.Count));
    }

    private static ByteLevelBpe Train(
        IEnumerable<string> texts, BpeTrainingOptions options, IProgress<BpeTrainingProgress>? progress = null) =>
        BpeTrainer.Train(texts, options, progress, TestContext.Current.CancellationToken);

    // The obvious loop: count every pair of every word, join the best, again.
    private static List<(int, int)> PlainMerges(ByteLevelBpe tokenizer, string[] texts, int most)
    {
        var single = Enumerable.Range(0, 256).ToDictionary(id => tokenizer.BytesOf(id)[0], id => id);
        var words = texts.SelectMany(tokenizer.PreTokenize)
            .Select(word => System.Text.Encoding.UTF8.GetBytes(word).Select(value => single[value]).ToList()).ToList();
        var merges = new List<(int, int)>();
        while (merges.Count < most)
        {
            var best = words.SelectMany(word => word.Zip(word.Skip(1))).GroupBy(pair => pair)
                .OrderByDescending(group => group.Count()).ThenBy(group => group.Key).First();
            if (best.Count() < 2) break;
            var made = 256 + merges.Count;
            merges.Add(best.Key);
            foreach (var word in words)
            {
                for (var i = 0; i + 1 < word.Count; i++)
                {
                    if ((word[i], word[i + 1]) != best.Key) continue;
                    word[i] = made;
                    word.RemoveAt(i + 1);
                }
            }
        }

        return merges;
    }

    private sealed class Reports : IProgress<BpeTrainingProgress>
    {
        public BpeTrainingProgress? Last { get; private set; }

        public void Report(BpeTrainingProgress value) => Last = value;
    }
}
