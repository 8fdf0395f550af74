using System.Xml.Linq;
using LlmRabbitHoles.Tokenization;

namespace LlmRabbitHoles.Lessons.Displays;

/// <summary>Shows how a word becomes tokens: its pieces after every merge, with the merged one marked.</summary>
/// <example><code>MergeSteps.Of(tokenizer.Trace(" unbelievable"))</code></example>
public sealed class MergeSteps : Displayable
{
    private readonly string[][] _rows;
    private readonly string[] _notes;

    private MergeSteps(string[][] rows, string[] notes) => (_rows, _notes) = (rows, notes);

    /// <summary>Steps, each a row of pieces.</summary>
    /// <param name="rows">The pieces before the first merge, then those after each. A row joins neighbours of the row before.</param>
    /// <param name="notes">One per row, such as the rule that was applied; null for none.</param>
    /// <exception cref="ArgumentException">There is no row, or there are not as many notes as rows.</exception>
    public static MergeSteps Of(IEnumerable<IEnumerable<string>> rows, IEnumerable<string>? notes = null)
    {
        ArgumentNullException.ThrowIfNull(rows);
        string[][] pieces = [.. rows.Select(row => row.ToArray())];
        string[] texts = notes is null ? [.. pieces.Select(_ => "")] : [.. notes];
        if (pieces.Length == 0)
            throw new ArgumentException("rows is empty; the first row holds the pieces before any merge.", nameof(rows));
        Charts.PlotData.SameLength("rows", pieces.Length, "notes", texts.Length);
        return new MergeSteps(pieces, texts);
    }

    /// <summary>The steps that a tokenizer recorded.</summary>
    public static MergeSteps Of(MergeTrace trace)
    {
        ArgumentNullException.ThrowIfNull(trace);
        return Of(trace.Steps.Select(step => step.Pieces).Prepend(trace.Start),
            trace.Steps
                .Select(step => $"{VisibleText.Of(step.Left)} + {VisibleText.Of(step.Right)}, merge {NumberFormat.Of(step.Merge.Rank)}")
                .Prepend("single bytes"));
    }

    /// <inheritdoc/>
    public override string ToHtml() =>
        Markup.Write(Markup.Display($"{_rows.Length - 1} merges of {VisibleText.Of(string.Concat(_rows[0]))}",
            Markup.Html("table", Markup.Html("tbody", _rows.Select(Row)))));

    /// <inheritdoc/>
    public override string ToText() => TextTable.Write(["", "", ""],
        [.. _rows.Select((pieces, step) => new[] { step.ToString(), Line(pieces, Merged(step)), _notes[step] })], [true, false, false]);

    private XElement Row(string[] pieces, int step)
    {
        var merged = Merged(step);
        var chips = pieces.Select((piece, i) => Markup.Html("code", Markup.Class(merged.Contains(i) ? "g m" : "g"), VisibleText.Of(piece)));
        return Markup.Html("tr", Markup.Html("td", Markup.Class("r"), step), Markup.Html("td", chips), Markup.Html("td", _notes[step]));
    }

    private static string Line(string[] pieces, HashSet<int> merged) =>
        string.Join(' ', pieces.Select((piece, i) => merged.Contains(i) ? $"[{VisibleText.Of(piece)}]" : VisibleText.Of(piece)));

    /// <summary>Finds the pieces of a row that join two pieces of the row before.</summary>
    private HashSet<int> Merged(int step)
    {
        var merged = new HashSet<int>();
        if (step == 0)
            return merged;
        var (before, at) = (_rows[step - 1], 0);
        for (var i = 0; i < _rows[step].Length && at < before.Length; i++)
        {
            var same = _rows[step][i] == before[at];
            at += same ? 1 : 2;
            if (!same)
                merged.Add(i);
        }

        return merged;
    }
}
