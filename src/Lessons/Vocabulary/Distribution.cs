using LlmRabbitHoles.Lessons.Displays;

namespace LlmRabbitHoles.Lessons;

/// <summary>A probability for every token that may come next.</summary>
/// <example><code>alice.Next("The capital of Italy is")[" Rome"]</code></example>
public sealed class Distribution : Displayable
{
    private const int Shown = 8;

    private readonly IReadOnlyList<float> _scores;
    private readonly Func<int, string> _piece;
    private readonly Func<string, int?> _idOf;
    private readonly Lazy<double[]> _probabilities;

    /// <param name="scores">[tokens], before the softmax; minus infinity rules a token out.</param>
    /// <param name="piece">The text of a token.</param>
    /// <param name="idOf">The token of a text; null where there is none.</param>
    internal Distribution(IReadOnlyList<float> scores, Func<int, string> piece, Func<string, int?> idOf)
    {
        (_scores, _piece, _idOf) = (scores, piece, idOf);
        _probabilities = new(() => Sampling.Softmax.Of([.. scores]));
    }

    /// <summary>The probability of a token.</summary>
    /// <exception cref="ArgumentException">No token has that text.</exception>
    public double this[string token] => Probabilities[IdOf(token)];

    /// <summary>The probability of every token, by its id.</summary>
    public IReadOnlyList<double> Probabilities => _probabilities.Value;

    /// <summary>The score of every token, by its id.</summary>
    public IReadOnlyList<float> Scores => _scores;

    /// <summary>The text of the likeliest token.</summary>
    public string Likeliest => _piece(Ranked.First());

    /// <summary>The id of the likeliest token.</summary>
    public int LikeliestId => Ranked.First();

    /// <summary>The likeliest tokens, likeliest first.</summary>
    public IReadOnlyList<(string Token, double Probability)> Top(int count) =>
        [.. Ranked.Take(count).Select(id => (_piece(id), Probabilities[id]))];

    /// <summary>The place of a token among all, 1 for the likeliest.</summary>
    /// <exception cref="ArgumentException">No token has that text.</exception>
    public int RankOf(string token)
    {
        var score = _scores[IdOf(token)];
        return 1 + _scores.Count(other => other > score);
    }

    /// <summary>How undecided the distribution is, in bits: 0 for one certain token, log2(n) for n that are equally likely.</summary>
    public double Entropy => -Probabilities.Where(p => p > 0).Sum(p => p * Math.Log2(p));

    /// <inheritdoc/>
    public override string ToHtml() => Bars.ToHtml();

    /// <inheritdoc/>
    public override string ToText() => Bars.ToText();

    private ProbabilityBars Bars => ProbabilityBars.FromLogits(_scores, _piece, Math.Min(Shown, _scores.Count));

    private IEnumerable<int> Ranked => Enumerable.Range(0, _scores.Count).OrderByDescending(id => _scores[id]).ThenBy(id => id);

    private int IdOf(string token) => _idOf(token) ?? throw new ArgumentException(
        $"No token is '{token}'. A space before a word belongs to its token; alice.Tokens(text) shows the pieces of a text.");
}
