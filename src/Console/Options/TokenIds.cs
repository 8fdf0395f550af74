using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using LlmRabbitHoles.Reading;

namespace LlmRabbitHoles.CommandLine;

/// <summary><c>--tokens 1,2,3</c>.</summary>
internal static class TokenIds
{
    public static Option<int[]?> Option(string description) => new("--tokens")
    {
        Description = description,
        HelpName = "1,2,3",
        Arity = ArgumentArity.ExactlyOne,
        CustomParser = Parse,
    };

    private static int[]? Parse(ArgumentResult argument)
    {
        var text = argument.Tokens[0].Value;
        var ids = new List<int>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!int.TryParse(part, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var id))
            {
                argument.AddError($"--tokens holds '{Shortened.Of(part)}', which is not a token id. Write ids as 1,2,3.");
                return null;
            }
            ids.Add(id);
        }
        if (ids.Count == 0) argument.AddError("--tokens is empty. Write ids as 1,2,3.");
        return [.. ids];
    }
}
