using System.CommandLine;

namespace LlmRabbitHoles.CommandLine;

/// <summary><c>--format text|json</c>: for people or for programs.</summary>
internal sealed class FormatOption
{
    private readonly Option<string?> _format = ChoiceOption.Create("--format",
        "text for people, json for programs. Default: text.", "text", "json");

    public void AddTo(Command command) => command.Add(_format);

    public bool IsJson(ParseResult parsed) => parsed.GetValue(_format) == "json";
}
