using LlmRabbitHoles.Agents;

namespace LlmRabbitHoles.Alice.Exam;

/// <summary>A tool that no lesson offers, with the requests that call it.</summary>
/// <param name="Name">send_email.</param>
/// <param name="Parameters">to, subject.</param>
/// <param name="Description">What she reads of it.</param>
/// <param name="Values">What each parameter may be.</param>
/// <param name="Gives">Results that the answer must hold; empty for a tool that only does something.</param>
/// <param name="Requests">What people say.</param>
internal sealed record ExamTool(
    string Name, IReadOnlyList<string> Parameters, string Description, IReadOnlyDictionary<string, string[]> Values,
    IReadOnlyList<string> Gives, IReadOnlyList<ExamWording> Requests) : ITool
{
    /// <summary>Those of data/exam/new-tools.txt.</summary>
    public static IReadOnlyList<ExamTool> All { get; } = [.. ExamEntry.Read("new-tools").Select(Of)];

    public string Invoke(IReadOnlyDictionary<string, string> arguments) => throw new ToolException($"{Name} is not connected.");

    private static ExamTool Of(ExamEntry entry)
    {
        var (open, close) = (entry.Head.IndexOf('('), entry.Head.IndexOf("): ", StringComparison.Ordinal));
        if (open < 1 || close < open)
            throw new InvalidDataException($"{entry.Place}: \"{entry.Head}\" is not 'name(parameters): description'.");
        return new ExamTool(
            entry.Head[..open], entry.Head[(open + 1)..close].Split(", "), entry.Head[(close + 3)..], entry.Values,
            entry.Values.GetValueOrDefault("gives", []), entry.Wordings);
    }
}

/// <summary>A JSON form that no lesson has, with sentences to fill it from.</summary>
/// <param name="Name">What it is about.</param>
/// <param name="Fields">Name and type, as the form writes them.</param>
/// <param name="Values">What each field may be.</param>
/// <param name="Sentences">What people write.</param>
internal sealed record ExamForm(
    string Name, IReadOnlyList<(string Name, string Type)> Fields, IReadOnlyDictionary<string, string[]> Values,
    IReadOnlyList<ExamWording> Sentences)
{
    /// <summary>Those of data/exam/new-schemas.txt.</summary>
    public static IReadOnlyList<ExamForm> All { get; } = [.. ExamEntry.Read("new-schemas").Select(Of)];

    private static ExamForm Of(ExamEntry entry)
    {
        var open = entry.Head.IndexOf('(');
        if (open < 1 || entry.Head[^1] != ')')
            throw new InvalidDataException($"{entry.Place}: \"{entry.Head}\" is not 'name(field: type, ...)'.");
        (string Name, string Type)[] fields =
            [.. entry.Head[(open + 1)..^1].Split(", ").Select(field => field.Split(": ")).Select(parts => (parts[0], parts[1]))];
        var values = new Dictionary<string, string[]>(entry.Values, StringComparer.Ordinal);
        foreach (var (name, type) in fields)
            if (type.Contains('|')) values[name] = [.. type.Split(" | ").Select(choice => choice.Trim('"'))];
        return new ExamForm(entry.Head[..open], fields, values, entry.Wordings);
    }
}

/// <summary>A head at the margin, below it values ("name = one; two") and templates.</summary>
internal sealed record ExamEntry(
    string Head, string Place, IReadOnlyDictionary<string, string[]> Values, IReadOnlyList<ExamWording> Wordings)
{
    /// <summary>Reads data/exam/<paramref name="file"/>.txt.</summary>
    public static IEnumerable<ExamEntry> Read(string file)
    {
        var (values, wordings) = (new Dictionary<string, string[]>(StringComparer.Ordinal), new List<ExamWording>());
        (string Head, string Place)? begun = null;
        foreach (var (index, line) in CorpusResource.ExamLines(file + ".txt").Index())
        {
            var place = $"data/exam/{file}.txt:{index + 1}";
            if (line.Length == 0 || line[0] == '#') continue;
            if (!char.IsWhiteSpace(line[0]))
            {
                if (begun is { } done) yield return new ExamEntry(done.Head, done.Place, values, wordings);
                (begun, values, wordings) = ((line.Trim(), place), new Dictionary<string, string[]>(StringComparer.Ordinal), []);
            }
            else if (begun is not { } entry)
                throw new InvalidDataException($"{place}: '{line.Trim()}' stands before any head.");
            else if (line.IndexOf(" = ", StringComparison.Ordinal) is var at and > 0)
                values.Add(line[..at].Trim(), line[(at + 3)..].Split("; "));
            else
                wordings.Add(new ExamWording(entry.Head[..entry.Head.IndexOf('(')], line.Trim(), place));
        }
        if (begun is { } last) yield return new ExamEntry(last.Head, last.Place, values, wordings);
    }
}
