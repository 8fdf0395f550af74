using System.Globalization;
using System.Xml.Linq;

namespace LlmRabbitHoles.Lessons.Displays;

/// <summary>Candidates for the next token with their probabilities as bars, likeliest first.</summary>
/// <example><code>ProbabilityBars.FromLogits(step.Logits, tokenizer, top: 8)</code></example>
public sealed partial class ProbabilityBars : Displayable
{
    private const double WidestBar = 220;

    private readonly (string Piece, double Probability, double? Logit)[] _candidates;
    private readonly int _others;

    private ProbabilityBars((string Piece, double Probability, double? Logit)[] candidates, int others) =>
        (_candidates, _others) = (candidates, others);

    /// <summary>Bars for given probabilities, in the given order.</summary>
    /// <param name="pieces">[candidates], the text of each token.</param>
    /// <param name="probabilities">[candidates], each from 0 to 1, together at most 1.</param>
    /// <param name="logits">[candidates], or none.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a probability is not in 0 to 1.</exception>
    public static ProbabilityBars Of(IEnumerable<string> pieces, IEnumerable<double> probabilities, IEnumerable<double>? logits = null)
    {
        string[] texts = [.. pieces];
        double[] shares = [.. probabilities];
        double[]? values = logits?.ToArray();
        Charts.PlotData.SameLength("pieces", texts.Length, "probabilities", shares.Length);
        if (values is not null)
            Charts.PlotData.SameLength("pieces", texts.Length, "logits", values.Length);
        var wrong = Array.FindIndex(shares, share => share is not (>= 0 and <= 1));
        if (wrong >= 0)
            throw new ArgumentException($"probabilities[{wrong}] is {NumberFormat.Of(shares[wrong])}; a probability lies between " +
                "0 and 1. Pass logits to FromLogits instead.", nameof(probabilities));
        return new ProbabilityBars([.. texts.Select((piece, i) => (piece, shares[i], values?[i]))], 0);
    }

    /// <summary>Bars for the likeliest tokens of a whole vocabulary, and one for all others.</summary>
    /// <param name="logits">[vocab], before the softmax; -∞ stands for a token that was ruled out.</param>
    /// <param name="piece">Gives a token's text from its id.</param>
    /// <param name="top">How many to show.</param>
    /// <exception cref="ArgumentException">A logit is NaN or +∞, or none is finite.</exception>
    public static ProbabilityBars FromLogits(IReadOnlyList<float> logits, Func<int, string> piece, int top = 10)
    {
        ArgumentNullException.ThrowIfNull(logits);
        ArgumentNullException.ThrowIfNull(piece);
        var probabilities = Softmax(logits);
        var best = Enumerable.Range(0, logits.Count).OrderByDescending(id => probabilities[id]).ThenBy(id => id).Take(top);
        return new ProbabilityBars(
            [.. best.Select(id => (piece(id), probabilities[id], (double?)logits[id]))], Math.Max(0, logits.Count - top));
    }

    /// <inheritdoc/>
    public override string ToHtml()
    {
        var withLogits = _candidates.Any(candidate => candidate.Logit is not null);
        var head = new[] { "token", "probability", "", withLogits ? "logit" : null }.OfType<string>()
            .Select((name, i) => Markup.Html("th", new XAttribute("scope", "col"), i is 1 or 3 ? Markup.Class("r") : null, name));
        var rows = _candidates.Select(candidate => Row(
            Markup.Html("code", VisibleText.Of(candidate.Piece)), candidate.Probability, "b", withLogits ? Logit(candidate.Logit) : null));
        return Markup.Write(Markup.Display("Probabilities of the next token",
            Markup.Html("table", Markup.Html("thead", Markup.Html("tr", head)),
                Markup.Html("tbody", rows, _others > 0 ? Row(OthersName(), Rest, "b o", withLogits ? "" : null) : null))));
    }

    /// <inheritdoc/>
    public override string ToText()
    {
        var largest = Largest;
        var rows = _candidates.Select(candidate => new[]
        {
            $"[{VisibleText.Of(candidate.Piece)}]", NumberFormat.Percent(candidate.Probability),
            TextTable.Bar(candidate.Probability, largest, 30), Logit(candidate.Logit),
        }).ToList();
        if (_others > 0)
            rows.Add([OthersName(), NumberFormat.Percent(Rest), TextTable.Bar(Rest, largest, 30), ""]);
        return TextTable.Write(["token", "probability", "", _candidates.Any(candidate => candidate.Logit is not null) ? "logit" : ""],
            rows, [false, true, false, true]);
    }

    private double Rest => Math.Max(0, 1 - _candidates.Sum(candidate => candidate.Probability));

    private double Largest => _candidates.Select(candidate => candidate.Probability).Append(_others > 0 ? Rest : 0).Max();

    private string OthersName() => $"the other {NumberFormat.Of(_others)}";

    private static string Logit(double? logit) =>
        logit is { } value ? double.IsFinite(value) ? NumberFormat.Fixed(value, 2) : NumberFormat.Of(value) : "";

    private XElement Row(object name, double probability, string bar, string? logit)
    {
        var pixels = Largest > 0 ? (WidestBar * probability / Largest).ToString("0.#", CultureInfo.InvariantCulture) : "0";
        return Markup.Html("tr", Markup.Html("td", name), Markup.Html("td", Markup.Class("r"), NumberFormat.Percent(probability)),
            Markup.Html("td", Markup.Html("span", Markup.Class(bar), new XAttribute("style", $"width:{pixels}px"))),
            logit is null ? null : Markup.Html("td", Markup.Class("r"), logit));
    }

    private static double[] Softmax(IReadOnlyList<float> logits)
    {
        var wrong = Enumerable.Range(0, logits.Count).FirstOrDefault(
            id => float.IsNaN(logits[id]) || float.IsPositiveInfinity(logits[id]), -1);
        if (wrong >= 0)
            throw new ArgumentException($"logits[{wrong}] is {NumberFormat.Of(logits[wrong])}; a softmax needs numbers. " +
                "Look for a division by zero or an overflow before the logits.", nameof(logits));
        var largest = logits.DefaultIfEmpty(float.NegativeInfinity).Max();
        if (float.IsNegativeInfinity(largest))
            throw new ArgumentException(
                "No logit is finite, so every token was ruled out. Loosen the filters that set logits to -∞.", nameof(logits));
        var weights = logits.Select(logit => Math.Exp(logit - (double)largest)).ToArray();
        var sum = weights.Sum();
        return [.. weights.Select(weight => weight / sum)];
    }
}
