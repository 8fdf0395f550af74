using System.Xml.Linq;
using LlmRabbitHoles.Lessons.Displays;

namespace LlmRabbitHoles.Lessons;

/// <summary>
/// A small task with a tested check: the check refuses every stored wrong answer and accepts the solution.
/// </summary>
/// <example><code>
/// Func&lt;string, int&gt;? mine = null;                                   // in the reader's cell
/// Exercise.Check("2.1 bytes", mine, answer => answer("é") == 2 &amp;&amp; answer("a") == 1,
///     solution: s => Encoding.UTF8.GetByteCount(s), wrong: [s => s.Length, s => 2 * s.Length, s => 1])
/// </code></example>
[TypeFormatterSource(typeof(ExerciseFormatterSource), PreferredMimeTypes = [MimeTypes.Html, MimeTypes.Text, ExerciseRecord.MimeType])]
public sealed class Exercise : Displayable
{
    private readonly string _name;
    private readonly bool? _right;
    private readonly int _wrong;

    private Exercise(string name, bool? right, int wrong) => (_name, _right, _wrong) = (name, right, wrong);

    /// <summary>Whether the reader's answer is right; <see langword="null"/> when there is none yet.</summary>
    public bool? IsRight => _right;

    /// <summary>Checks the reader's answer, after checking the check.</summary>
    /// <typeparam name="T">What an answer is: a function, or a number that may be missing, as <c>int?</c>.</typeparam>
    /// <param name="name">Which exercise.</param>
    /// <param name="answer">The reader's answer; <see langword="null"/> when there is none yet.</param>
    /// <param name="isRight">Whether an answer is right. An answer that throws is wrong.</param>
    /// <param name="solution">A right answer.</param>
    /// <param name="wrong">At least three wrong answers.</param>
    /// <exception cref="ClaimException">The check refuses the solution or accepts a wrong answer: a fault of the notebook.</exception>
    public static Exercise Check<T>(string name, T? answer, Func<T, bool> isRight, T solution, params T[] wrong)
    {
        ArgumentNullException.ThrowIfNull(isRight);
        ArgumentNullException.ThrowIfNull(wrong);
        if (wrong.Length < 3)
            throw new ClaimException($"Exercise '{name}' stores {wrong.Length} wrong answers; at least 3 show that its check can fail.");
        if (!Holds(isRight, solution)) throw new ClaimException($"The check of exercise '{name}' refuses the stored solution.");
        var accepted = Array.FindIndex(wrong, w => Holds(isRight, w));
        if (accepted >= 0) throw new ClaimException($"The check of exercise '{name}' accepts wrong answer {accepted + 1}.");
        return new Exercise(name, answer is null ? null : Holds(isRight, answer), wrong.Length);
    }

    /// <inheritdoc/>
    public override string ToHtml() => Markup.Write(Markup.Display($"Exercise {_name}",
        Markup.Html("p", new XAttribute("style", "margin:0"), ToText())));

    /// <inheritdoc/>
    public override string ToText() => _right switch
    {
        null => $"○ Exercise {_name}: write your answer in the cell above and run both again. (The check refuses {_wrong} " +
            "wrong answers and accepts the solution.)",
        true => $"✔ Exercise {_name}: right.",
        false => $"✘ Exercise {_name}: not yet. Try again, or open the solution.",
    };

    internal ExerciseRecord ToRecord() => new(_name, _right, _wrong);

#pragma warning disable CA1031 // Whatever a wrong answer throws, it is wrong.
    private static bool Holds<T>(Func<T, bool> isRight, T answer)
    {
        try
        {
            return isRight(answer);
        }
        catch (Exception)
        {
            return false;
        }
    }
#pragma warning restore CA1031
}

/// <summary>The formatters of exercises: those of every display, and the verdict for programs.</summary>
internal sealed class ExerciseFormatterSource : IFormatterSource
{
    public IEnumerable<object> CreateTypeFormatters() => new DisplayFormatterSource().CreateTypeFormatters()
        .Append(new DisplayFormatter<Exercise>(ExerciseRecord.MimeType, exercise => exercise.ToRecord().ToJson().ToJsonString()));
}
