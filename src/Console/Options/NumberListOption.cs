using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using LlmRabbitHoles.Reading;

namespace LlmRabbitHoles.CommandLine;

/// <summary>An option that takes several whole numbers with commas between.</summary>
internal static class NumberListOption
{
    /// <param name="name">With its dashes.</param>
    /// <param name="example">What the help calls its value, and what the error shows: <c>1,4,16</c>.</param>
    /// <param name="description">What the help says.</param>
    /// <param name="least">The least of a number.</param>
    /// <param name="most">The most of a number.</param>
    public static Option<int[]?> Create(string name, string example, string description, int least, int most) => new(name)
    {
        Description = description,
        HelpName = example,
        Arity = ArgumentArity.ExactlyOne,
        CustomParser = argument => Parse(argument, name, example, least, most),
    };

    private static int[]? Parse(ArgumentResult argument, string name, string example, int least, int most)
    {
        var numbers = new List<int>();
        foreach (var part in argument.Tokens[0].Value.Split(',', StringSplitOptions.TrimEntries))
        {
            if (!int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < least || number > most)
            {
                argument.AddError($"{name} holds '{Shortened.Of(part)}'; write numbers from {least} to {most} as {example}.");
                return null;
            }
            numbers.Add(number);
        }
        return [.. numbers];
    }
}
