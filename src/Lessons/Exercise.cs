using System.Runtime.CompilerServices;
using System.Xml.Linq;
using LlmRabbitHoles.Lessons.Displays;

namespace LlmRabbitHoles.Lessons;

/// <summary>A small task whose check names the case that fails, what came and what was expected.</summary>
/// <example><code>
/// Func&lt;string, int&gt;? bytes = null;                    // the reader's cell; the next one checks it
/// var check1 = Exercise.Of("1.2.1", bytes)
///     .Case(f => f("a"), 1).Case(f => f("é€"), 5)
///     .Hint("A letter of English takes one byte.").Hint("Encoding.UTF8 counts bytes.");
/// check1                                              // a cell of its own, which the reader need not see:
/// check1.Solved(s => Encoding.UTF8.GetByteCount(s), wrong: [s => s.Length, s => 2 * s.Length, s => 1])
/// </code></example>
public abstract class Exercise : Displayable
{
    private protected Exercise(string number) => Number = number;

    /// <summary>The number of its hole and its own: 1.2.1.</summary>
    public string Number { get; }

    /// <summary>Whether the reader's answer is right; <see langword="null"/> when there is none yet.</summary>
    public abstract bool? IsRight { get; }

    /// <summary>An exercise with one right result for each case.</summary>
    /// <typeparam name="T">What an answer is: a function, a text, or a number that may be missing, as <c>int?</c>.</typeparam>
    /// <param name="number">The number of its hole and its own, such as <c>1.2.1</c>.</param>
    /// <param name="answer">The reader's answer; <see langword="null"/> when there is none yet.</param>
    public static Exercise<T> Of<T>(string number, T? answer) => new(number, answer, isOpen: false);

    /// <summary>An exercise that asks the reader to find something: many answers are right.</summary>
    /// <inheritdoc cref="Of{T}" path="/*[not(self::summary)]"/>
    public static Exercise<T> Open<T>(string number, T? answer) => new(number, answer, isOpen: true);

    internal abstract ExerciseRecord ToRecord();
}

/// <summary>An exercise with answers of one type.</summary>
/// <typeparam name="T">What an answer is.</typeparam>
[TypeFormatterSource(typeof(ExerciseFormatterSource), PreferredMimeTypes = [MimeTypes.Html, MimeTypes.Text, ExerciseRecord.MimeType])]
public sealed class Exercise<T> : Exercise
{
    private readonly T? _answer;
    private readonly bool _isOpen;
    private readonly List<Func<T, string?>> _cases = [];
    private readonly List<string> _hints = [];
    private readonly Lazy<string?> _failure;

    internal Exercise(string number, T? answer, bool isOpen) : base(number)
    {
        (_answer, _isOpen) = (answer, isOpen);
        _failure = new(() => FailureOf(answer!));
    }

    /// <inheritdoc/>
    public override bool? IsRight => _answer is null ? null : _failure.Value is null;

    /// <summary>Adds a case with one right result.</summary>
    /// <param name="run">Uses the answer. Its code is what a failed check shows, so write it to be read.</param>
    /// <param name="expected">The right result; lists are compared item by item.</param>
    /// <param name="within">How far a number may be from it. Default 0.</param>
    /// <param name="code">The code of <paramref name="run"/>; the compiler writes it.</param>
    public Exercise<T> Case<TResult>(
        Func<T, TResult> run, TResult expected, double within = 0, [CallerArgumentExpression(nameof(run))] string code = "") =>
        Add(run, got => ExerciseCase.AreEqual(got, expected, within), ExerciseCase.Shown(expected), code);

    /// <summary>Adds a case with many right results.</summary>
    /// <param name="run">Uses the answer. Its code is what a failed check shows, so write it to be read.</param>
    /// <param name="holds">Whether a result is right.</param>
    /// <param name="expected">What is right, so that it reads after "expected".</param>
    /// <param name="code">The code of <paramref name="run"/>; the compiler writes it.</param>
    public Exercise<T> Case<TResult>(
        Func<T, TResult> run, Func<TResult, bool> holds, string expected, [CallerArgumentExpression(nameof(run))] string code = "") =>
        Add(run, holds, expected, code);

    /// <summary>Adds a hint, which the reader sees on request: first a nudge, then nearly the answer.</summary>
    public Exercise<T> Hint(string hint)
    {
        _hints.Add(hint);
        return this;
    }

    /// <summary>Proves that the check accepts a right answer and refuses wrong ones.</summary>
    /// <param name="solution">A right answer.</param>
    /// <param name="wrong">At least three wrong answers, best such as readers give.</param>
    /// <exception cref="ClaimException">The check has no case or fewer than two hints, refuses the solution or accepts a wrong answer:
    /// a fault of the notebook.</exception>
    public ExerciseProof Solved(T solution, params T[] wrong)
    {
        ArgumentNullException.ThrowIfNull(wrong);
        if (_cases.Count == 0) throw new ClaimException($"Exercise {Number} has no case; add .Case(f => f(...), expected).");
        if (_hints.Count < 2)
            throw new ClaimException($"Exercise {Number} has {_hints.Count} hints; give two, a nudge and nearly the answer.");
        if (wrong.Length < 3)
            throw new ClaimException($"Exercise {Number} stores {wrong.Length} wrong answers; at least 3 show that its check can fail.");
        if (FailureOf(solution) is { } failure)
            throw new ClaimException($"The check of exercise {Number} refuses the stored solution: {failure}");
        var refusals = Array.ConvertAll(wrong, FailureOf);
        return Array.IndexOf(refusals, null) is >= 0 and var accepted
            ? throw new ClaimException($"The check of exercise {Number} accepts wrong answer {accepted + 1}.")
            : new ExerciseProof(new(Number, refusals!));
    }

    /// <inheritdoc/>
    public override string ToHtml() => Markup.Write(Markup.Display($"Exercise {Number}",
        Markup.Html("p", new XAttribute("style", "margin:0"), Verdict),
        IsRight == true ? null : Folded(_hints)));

    /// <inheritdoc/>
    public override string ToText() => IsRight == true || _hints.Count == 0 ? Verdict
        : IsRight is null ? $"{Verdict} Stuck? ./rabbit exercise {Number} --hints"
        : $"{Verdict} Hint: {_hints[0]} (./rabbit exercise {Number} --hints has more, --solution a solution.)";

    internal override ExerciseRecord ToRecord() => new(Number, IsRight)
    {
        Failure = _answer is null ? null : _failure.Value,
        Hints = _hints,
        IsOpen = _isOpen,
    };

    private string Verdict => IsRight switch
    {
        null => $"○ Exercise {Number}: write your answer in place of null, then run that cell and this one.",
        true => $"✔ Exercise {Number}: right{(_cases.Count > 1 ? $" in all {_cases.Count} cases" : "")}.",
        false => $"✘ Exercise {Number}: {_failure.Value}",
    };

    // Each hint lies within the one before it, so that a reader opens them one by one.
    private static XElement? Folded(IEnumerable<string> hints) => hints.Reverse().Aggregate((XElement?)null, (inner, hint) =>
        Markup.Html("details", Markup.Html("summary", inner is null ? "Another hint" : "Hint"), Markup.Html("p", hint), inner));

    private Exercise<T> Add<TResult>(Func<T, TResult> run, Func<TResult, bool> holds, string expected, string code)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(holds);
        _cases.Add(answer => ExerciseCase.Failure(() => run(answer), holds, expected, code));
        return this;
    }

    private string? FailureOf(T answer) => _cases.Select(one => one(answer)).FirstOrDefault(failure => failure is not null);
}

/// <summary>What the check of an exercise was tried with: its solution, and wrong answers that it refused.</summary>
[TypeFormatterSource(typeof(ExerciseProofFormatterSource),
    PreferredMimeTypes = [MimeTypes.Html, MimeTypes.Text, ExerciseProofRecord.MimeType])]
public sealed class ExerciseProof : Displayable
{
    private readonly ExerciseProofRecord _record;

    internal ExerciseProof(ExerciseProofRecord record) => _record = record;

    /// <inheritdoc/>
    public override string ToHtml() => Markup.Write(Markup.Display($"The check of exercise {_record.Number}",
        Markup.Html("p", Summary), Markup.Html("ul", _record.Refusals.Select(refusal => Markup.Html("li", refusal)))));

    /// <inheritdoc/>
    public override string ToText() => $"{Summary}\n{string.Join("\n", _record.Refusals.Select(refusal => "  " + refusal))}";

    internal ExerciseProofRecord ToRecord() => _record;

    private string Summary =>
        $"The check of exercise {_record.Number} accepts this solution and refuses {_record.Refusals.Count} wrong answers:";
}

/// <summary>The formatters of exercises: those of every display, and the verdict for programs.</summary>
internal sealed class ExerciseFormatterSource : IFormatterSource
{
    public IEnumerable<object> CreateTypeFormatters() => new DisplayFormatterSource().CreateTypeFormatters()
        .Append(new DisplayFormatter<Exercise>(ExerciseRecord.MimeType, exercise => exercise.ToRecord().ToJson().ToJsonString()));
}

/// <summary>The formatters of proofs: those of every display, and the refusals for programs.</summary>
internal sealed class ExerciseProofFormatterSource : IFormatterSource
{
    public IEnumerable<object> CreateTypeFormatters() => new DisplayFormatterSource().CreateTypeFormatters()
        .Append(new DisplayFormatter<ExerciseProof>(ExerciseProofRecord.MimeType, proof => proof.ToRecord().ToJson().ToJsonString()));
}
