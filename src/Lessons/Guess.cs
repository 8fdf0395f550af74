using System.Text.Json.Nodes;
using LlmRabbitHoles.Lessons.Displays;
using LlmRabbitHoles.Lessons.Displays.Components;

namespace LlmRabbitHoles.Lessons;

/// <summary>A question whose answer the reader guesses before it is computed: a slider to commit to, or to skip.</summary>
/// <remarks>The page keeps the guess, not the notebook, so the stored outputs are the same for every reader.</remarks>
/// <example><code>
/// var guess = Predict("How many tokens is 'unhappiness'?", from: 1, to: 11, unit: "tokens");
/// guess                                                     // the slider; a later cell says
/// guess.Reveal(alice.Ids("unhappiness").Length)
/// </code></example>
[TypeFormatterSource(typeof(ComponentFormatterSource<Guess>),
    PreferredMimeTypes = [ComponentMimeType.Guess, MimeTypes.Html, MimeTypes.Text])]
public sealed class Guess : Component
{
    private readonly string _question, _unit;
    private readonly double _from, _to;

    /// <exception cref="ArgumentException">The question is empty, or <paramref name="from"/> is not below the other end.</exception>
    internal Guess(string question, double from, double to, string unit) : base("guess-field")
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(question);
        if (!(from < to && double.IsFinite(from) && double.IsFinite(to)))
            throw new ArgumentException($"The guess goes from {from} to {to}; 'to' must be above 'from', and both finite.", nameof(to));
        (_question, _from, _to, _unit) = (question, from, to, unit);
    }

    /// <summary>The answer, which stays hidden until the reader has committed to a guess or has skipped it.</summary>
    /// <param name="actual">The value that a cell computed.</param>
    /// <exception cref="ArgumentException">The value is not a number or infinite.</exception>
    public GuessAnswer Reveal(double actual) => new(_question, actual, _unit, Data());

    /// <inheritdoc/>
    public override string ToText() => $"Predict: {_question} From {NumberFormat.Of(_from)} to {WithUnit(_to, _unit)}.";

    private protected override string Fallback() => Markup.Write(Markup.Display("A question to guess at", Markup.Html("p", ToText())));

    private protected override JsonObject Data() => new()
    {
        ["id"] = Slug(_question),
        ["question"] = _question,
        ["from"] = _from,
        ["to"] = _to,
        ["unit"] = _unit,
    };

    /// <summary>"14 tokens", "1 token", "35%"</summary>
    internal static string WithUnit(double value, string unit)
    {
        var named = value == 1 && unit.Length > 2 && unit.EndsWith('s') ? unit[..^1] : unit;
        return NumberFormat.Of(value) + (unit.Length == 0 || unit is "%" or "°" ? unit : " " + named);
    }

    private static string Slug(string question) => string.Join('-', question.ToLowerInvariant()
        .Split([.. question.ToLowerInvariant().Where(c => !char.IsLetterOrDigit(c))], StringSplitOptions.RemoveEmptyEntries));
}

/// <summary>The answer to a <see cref="Guess"/>, beside what the reader said.</summary>
[TypeFormatterSource(typeof(ComponentFormatterSource<GuessAnswer>),
    PreferredMimeTypes = [ComponentMimeType.GuessAnswer, MimeTypes.Html, MimeTypes.Text])]
public sealed class GuessAnswer : Component
{
    private readonly string _question, _unit;
    private readonly JsonObject _guess;

    internal GuessAnswer(string question, double actual, string unit, JsonObject guess) : base("guess-answer")
    {
        if (!double.IsFinite(actual))
            throw new ArgumentException($"The answer to '{question}' is {actual}; it must be a finite number.", nameof(actual));
        (_question, Actual, _unit, _guess) = (question, actual, unit, guess);
    }

    /// <summary>The answer.</summary>
    public double Actual { get; }

    /// <inheritdoc/>
    public override string ToText() => $"{_question} {Guess.WithUnit(Actual, _unit)}.";

    private protected override string Fallback() => Markup.Write(Markup.Display("The answer to a guess", Markup.Html("details",
        Markup.Html("summary", $"The answer: {_question}"), Markup.Html("p", Guess.WithUnit(Actual, _unit)))));

    private protected override JsonObject Data()
    {
        var data = (JsonObject)_guess.DeepClone();
        data["actual"] = Digits(Actual, 6);
        return data;
    }
}

/// <summary>All guesses of the page, and how near they were.</summary>
[TypeFormatterSource(typeof(ComponentFormatterSource<Calibration>),
    PreferredMimeTypes = [ComponentMimeType.Calibration, MimeTypes.Html, MimeTypes.Text])]
public sealed class Calibration : Component
{
    internal Calibration() : base("guess-calibration")
    {
    }

    /// <inheritdoc/>
    public override string ToText() => "Your guesses, and how near they were, stand here once you have made some on this page.";

    private protected override string Fallback() => Markup.Write(Markup.Display("Your guesses", Markup.Html("p", ToText())));

    private protected override JsonObject Data() => [];
}
