using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using LlmRabbitHoles.Reading;
using LlmRabbitHoles.Sampling;

namespace LlmRabbitHoles.CommandLine;

/// <summary><c>--logit-bias ID=VALUE</c>, as often as one likes.</summary>
internal static class LogitBiasOption
{
    private const string Name = "--logit-bias";

    public static Option<Dictionary<int, double>?> Create() => new(Name)
    {
        Description = "Adds VALUE to the logit of token ID; -inf bans the token. May be given more than once.",
        HelpName = "ID=VALUE",
        Arity = ArgumentArity.OneOrMore,
        CustomParser = Parse,
    };

    private static Dictionary<int, double>? Parse(ArgumentResult argument)
    {
        var bias = new Dictionary<int, double>();
        foreach (var token in argument.Tokens)
        {
            if (!TryParse(token.Value, out var id, out var value))
            {
                argument.AddError($"{Name} is '{Shortened.Of(token.Value)}'; " +
                    "it must be ID=VALUE with a token id and a number from -1000 to 1000, or -inf to ban the token.");
                return null;
            }
            if (!bias.TryAdd(id, value))
            {
                argument.AddError($"{Name} names token {id} twice. Give it once.");
                return null;
            }
        }
        return bias;
    }

    private static bool TryParse(string text, out int id, out double value)
    {
        value = 0;
        var parts = text.Split('=', 2);
        return int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out id) && parts.Length == 2
            && TryParse(parts[1], out value);
    }

    private static bool TryParse(string text, out double value)
    {
        if (text == "-inf")
        {
            value = double.NegativeInfinity;
            return true;
        }
        return double.TryParse(text, NumberOption.Plain, CultureInfo.InvariantCulture, out value)
            && value is >= -SamplingOptions.MostBias and <= SamplingOptions.MostBias;
    }
}
