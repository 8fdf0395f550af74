using System.CommandLine;
using LlmRabbitHoles.Sampling.Constraints;

namespace LlmRabbitHoles.CommandLine;

/// <summary><c>--json-schema</c>, <c>--grammar</c> and <c>--regex</c>: which texts may be written.</summary>
internal sealed class GrammarOptions
{
    private readonly Option<string?> _schema = new("--json-schema")
    {
        Description = "Writes JSON that fits the schema in this file.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _grammar = new("--grammar")
    {
        Description = "Writes a text that fits the grammar in this file, in llama.cpp's notation GBNF.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _regex = new("--regex")
    {
        Description = "Writes a text that matches this regular expression as a whole.",
        HelpName = "PATTERN",
    };

    private IReadOnlyList<Option<string?>> All => [_schema, _grammar, _regex];

    public void AddTo(Command command)
    {
        foreach (var option in All) command.Add(option);
    }

    /// <summary>The option that was given, or null.</summary>
    public Option? Given(ParseResult parsed) => All.FirstOrDefault(option => parsed.GetValue(option) is not null);

    /// <summary>The grammar asked for, or null.</summary>
    /// <exception cref="UsageException">Two were asked for.</exception>
    /// <exception cref="GrammarException">It cannot be used; the message says where.</exception>
    public Grammar? For(ParseResult parsed)
    {
        if (All.Count(option => parsed.GetValue(option) is not null) > 1)
            throw new UsageException("--json-schema, --grammar and --regex exclude each other.");
        return parsed.GetValue(_schema) is { } schema ? Grammar.FromJsonSchema(Read(schema))
            : parsed.GetValue(_grammar) is { } grammar ? Grammar.Parse(Read(grammar))
            : parsed.GetValue(_regex) is { } regex ? Grammar.FromRegex(regex)
            : null;
    }

    // Some editors put a mark before UTF-8.
    private static string Read(string path) => TextFile.Read(path).TrimStart('\uFEFF');
}
