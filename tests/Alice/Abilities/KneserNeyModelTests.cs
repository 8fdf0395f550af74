using LlmRabbitHoles.Alice.Abilities;

namespace LlmRabbitHoles.Alice.Tests;

public class KneserNeyModelTests
{
    private const int Boundary = 0, A = 1, B = 2, C = 3;

    // "a b a" and "a c" between boundaries "." have the bigrams .a twice and ab, ba, a., ac, c. once. No bigram is seen three times,
    // so all counts lose n1 / (n1 + 2 n2) = 5 / 7. Different tokens stand before: two before a, two before ".", one before b and c;
    // 2 / (2 + 4) = 1/3 is taken off each, and a sixth of what is taken, 4/3 / 6 = 2/9, goes to all four alike:
    // P(a) = P(.) = (2 - 1/3) / 6 + 2/9 / 4 = 1/3 and P(b) = P(c) = (1 - 1/3) / 6 + 2/9 / 4 = 1/6.
    private static readonly KneserNeyModel Tiny = KneserNeyModel.Train([[A, B, A], [A, C]], order: 2, vocabulary: 4, Boundary);

    [Theory]
    [InlineData(A, B, 3.0 / 14)] // (1 - 5/7) / 3 + 5/7 * 1/6
    [InlineData(A, C, 3.0 / 14)]
    [InlineData(A, A, 5.0 / 21)] // never seen: 5/7 * 1/3
    [InlineData(A, Boundary, 1.0 / 3)] // 2/21 + 5/7 * 1/3
    [InlineData(B, A, 11.0 / 21)] // (1 - 5/7) / 1 + 5/7 * 1/3
    public void ProbabilitiesMatchThoseWorkedOutByHand(int before, int token, double expected) =>
        Assert.Equal(expected, Tiny.Probability([before], token), 1e-12);

    [Fact]
    public void ATextBeginsAfterABoundaryAndEndsWithOne()
    {
        // P(a|.) = (2 - 5/7) / 2 + 5/14 * 1/3 = 16/21; P(c|a) = 3/14; P(.|c) = (1 - 5/7) + 5/7 * 1/3 = 11/21
        Assert.Equal(-Math.Log(16.0 / 21 * 3 / 14 * 11 / 21), Tiny.Surprise([A, C]), 1e-12);
        Assert.Equal(-Math.Log(3.0 / 14 * 11 / 21), Tiny.Surprise([A, C], first: 1), 1e-12);
    }

    [Fact]
    public void DiscountsMatchChenAndGoodman()
    {
        // n1..n4 = 4, 3, 2, 1; y = 4 / 10; 1 - 2 y 3/4, 2 - 3 y 2/3, 3 - 4 y 1/2
        var discounts = Discounts.Of([1, 1, 1, 1, 2, 2, 2, 3, 3, 4, 9]);
        Assert.Equal(0.4, discounts[1], 1e-12);
        Assert.Equal(1.2, discounts[2], 1e-12);
        Assert.Equal(2.2, discounts[3], 1e-12);
        Assert.Equal(2.2, discounts[70], 1e-12);
        Assert.Equal(0, discounts[0]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void ProbabilitiesSumToOneAfterAnyContext(int order)
    {
        var random = new Random(order);
        var model = KneserNeyModel.Train(Texts(random), order, vocabulary: 12, Boundary);
        for (var i = 0; i < 200; i++)
        {
            int[] before = [.. Enumerable.Range(0, random.Next(0, 7)).Select(_ => random.Next(1, 12))];
            Assert.Equal(1, Enumerable.Range(0, 12).Sum(token => model.Probability(before, token)), 1e-9);
        }
    }

    [Fact]
    public void ThePackedTablesGiveWhatTheDefinitionGives()
    {
        var random = new Random(3);
        var texts = Texts(random);
        var model = KneserNeyModel.Train(texts, order: 3, vocabulary: 12, Boundary);
        var plain = new Definition(texts, 12);
        for (var i = 0; i < 300; i++)
        {
            int[] before = [random.Next(0, 12), random.Next(1, 12)];
            var token = random.Next(0, 12);
            Assert.Equal(plain.Probability(before, token), model.Probability(before, token), 1e-12);
        }
    }

    // Token n follows n or its neighbours mostly, so that all orders know something.
    private static int[][] Texts(Random random) => [.. Enumerable.Range(0, 60).Select(_ =>
    {
        var text = new int[random.Next(1, 30)];
        for (var i = 0; i < text.Length; i++)
            text[i] = i > 0 && random.Next(4) > 0 ? 1 + (text[i - 1] + random.Next(2)) % 10 : random.Next(1, 11);
        return text;
    })];

    /// <summary>The equations as they are written, with dictionaries of strings.</summary>
    private sealed class Definition
    {
        private readonly int _vocabulary;
        private readonly Dictionary<string, int>[] _counts = [[], [], []];

        public Definition(int[][] texts, int vocabulary)
        {
            _vocabulary = vocabulary;
            foreach (var text in texts)
            {
                int[] padded = [Boundary, Boundary, .. text, Boundary];
                for (var i = 2; i < padded.Length; i++) Add(2, padded[(i - 2)..(i + 1)]);
            }
            for (var order = 1; order >= 0; order--)
                foreach (var longer in _counts[order + 1].Keys) Add(order, [.. longer.Split(' ').Skip(1).Select(int.Parse)]);
        }

        public double Probability(int[] before, int token)
        {
            var lower = before.Length == 0 ? 1.0 / _vocabulary : Probability(before[1..], token);
            var counts = _counts[before.Length];
            var prefix = string.Concat(before.Select(id => id + " "));
            var followers = counts
                .Where(ngram => ngram.Key.StartsWith(prefix, StringComparison.Ordinal)).Select(ngram => ngram.Value).ToArray();
            if (followers.Length == 0) return lower;
            var discounts = Discounts.Of(counts.Values);
            var count = counts.GetValueOrDefault(prefix + token);
            return (count - discounts[count] + followers.Sum(c => discounts[c]) * lower) / followers.Sum();
        }

        private void Add(int order, int[] ngram)
        {
            var key = string.Join(' ', ngram);
            _counts[order][key] = _counts[order].GetValueOrDefault(key) + 1;
        }
    }
}
