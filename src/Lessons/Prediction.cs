using System.Xml.Linq;
using LlmRabbitHoles.Lessons.Displays;

namespace LlmRabbitHoles.Lessons;

/// <summary>Compares the reader's guess with the result: asked before the cell, scored after it. A missing guess is allowed.</summary>
/// <example><code>Prediction.Score("tokens in the sentence", guess, actual: ids.Length, closeWithin: 2)</code></example>
[TypeFormatterSource(typeof(PredictionFormatterSource), PreferredMimeTypes = [MimeTypes.Html, MimeTypes.Text, PredictionRecord.MimeType])]
public sealed class Prediction : Displayable
{
    private readonly string _about;
    private readonly double? _guess;
    private readonly double _actual;
    private readonly double _closeWithin;

    private Prediction(string about, double? guess, double actual, double closeWithin) =>
        (_about, _guess, _actual, _closeWithin) = (about, guess, actual, closeWithin);

    /// <summary>Whether the guess lies within the margin; <see langword="null"/> without a guess.</summary>
    public bool? IsClose => _guess is { } guess ? Math.Abs(guess - _actual) <= _closeWithin : null;

    /// <summary>Scores a guess.</summary>
    /// <param name="about">The quantity in question.</param>
    /// <param name="guess">The reader's number; <see langword="null"/> or NaN for no guess.</param>
    /// <param name="actual">The actual value.</param>
    /// <param name="closeWithin">The largest error that counts as right.</param>
    public static Prediction Score(string about, double? guess, double actual, double closeWithin = 0) =>
        new(about, guess is { } number && double.IsNaN(number) ? null : guess, actual, closeWithin);

    /// <inheritdoc/>
    public override string ToHtml() => Markup.Write(Markup.Display($"Prediction: {_about}",
        Markup.Html("p", new XAttribute("style", "margin:0"), ToText())));

    /// <inheritdoc/>
    public override string ToText() => IsClose switch
    {
        null => $"○ {_about}: {NumberFormat.Of(_actual)}. No guess was written down: put a number in the cell above and run both again.",
        true when _guess == _actual => $"✔ {_about}: you said {NumberFormat.Of(_guess!.Value)}, and {NumberFormat.Of(_actual)} it is.",
        true => $"✔ {_about}: you said {NumberFormat.Of(_guess!.Value)}, it is {NumberFormat.Of(_actual)}: close enough.",
        false => $"✘ {_about}: you said {NumberFormat.Of(_guess!.Value)}, it is {NumberFormat.Of(_actual)}. " +
            "Worth knowing why before you read on.",
    };

    internal PredictionRecord ToRecord() => new(_about, _guess, _actual, IsClose);
}

/// <summary>The formatters of predictions: those of every display, and the score for programs.</summary>
internal sealed class PredictionFormatterSource : IFormatterSource
{
    public IEnumerable<object> CreateTypeFormatters() => new DisplayFormatterSource().CreateTypeFormatters()
        .Append(new DisplayFormatter<Prediction>(PredictionRecord.MimeType, prediction => prediction.ToRecord().ToJson().ToJsonString()));
}
