using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;
using LlmRabbitHoles.Reading;

namespace LlmRabbitHoles.CommandLine;

/// <summary>An option that takes a number within a range; anything else is bad usage, said in one sentence.</summary>
internal static class NumberOption
{
    /// <summary>No separators of thousands, no blanks, no hexadecimals.</summary>
    /// <remarks>Where one writes 0,7 for seven tenths it would be read as 7.</remarks>
    public const NumberStyles Plain = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <param name="name">With its dashes.</param>
    /// <param name="helpName">What the help calls its value.</param>
    /// <param name="description">What the help says.</param>
    /// <param name="allowed">Whether a value makes sense.</param>
    /// <param name="rule">Continues "it must be".</param>
    public static Option<T?> Create<T>(string name, string helpName, string description, Func<T, bool> allowed, string rule)
        where T : struct, INumber<T> => new(name)
        {
            Description = description,
            HelpName = helpName,
            Arity = ArgumentArity.ExactlyOne,
            CustomParser = argument => Parse(argument, name, allowed, rule),
        };

    private static T? Parse<T>(ArgumentResult argument, string name, Func<T, bool> allowed, string rule)
        where T : struct, INumber<T>
    {
        var text = argument.Tokens[0].Value;
        if (T.TryParse(text, Plain, CultureInfo.InvariantCulture, out var value) && T.IsFinite(value) && allowed(value)) return value;
        argument.AddError($"{name} is '{Shortened.Of(text)}'; " +
            $"it must be {rule}.{(text.Contains(',') ? " Write a point before the fraction, and no separators." : "")}");
        return null;
    }
}
