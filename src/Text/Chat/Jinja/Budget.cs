using System.Globalization;

namespace LlmRabbitHoles.Chat.Jinja;

/// <summary>
/// What one rendering may use, all of its parts together, so that every template ends soon and in little memory: steps of work and
/// characters written or read. A product of allowed sizes is counted before it is made.
/// </summary>
/// <remarks>A conversation of a million tokens takes some hundred thousand steps and ten million characters.</remarks>
internal sealed class Budget
{
    /// <summary>The most steps: expressions evaluated, items handed on, values compared.</summary>
    public const long MostSteps = 5_000_000;

    /// <summary>The most characters, in all texts that are made or looked through together.</summary>
    public const long MostCharacters = 100_000_000;

    private long _steps;
    private long _characters;

    /// <summary>Counts steps before they are taken.</summary>
    /// <exception cref="ChatTemplateException">The rendering takes too many.</exception>
    public void Step(long count, int line)
    {
        if (count > MostSteps - _steps) throw TooMuch(line, MostSteps, "steps");
        _steps += count;
    }

    /// <summary>Counts characters before they are written or read.</summary>
    /// <exception cref="ChatTemplateException">The rendering handles too many.</exception>
    public void Characters(long count, int line)
    {
        if (count > MostCharacters - _characters) throw TooMuch(line, MostCharacters, "characters");
        _characters += count;
    }

    private static ChatTemplateException TooMuch(int line, long most, string what) => new(line, string.Create(
        CultureInfo.InvariantCulture,
        $"the template takes more than {most} {what} for one conversation. Use smaller loops, ranges and repetitions."));
}

/// <summary>Where in a template something is done, and what it may still use.</summary>
/// <param name="Line">The template's line, from 1.</param>
/// <param name="Budget">What is left of the rendering's.</param>
internal readonly record struct Place(int Line, Budget Budget)
{
    /// <summary>Counts steps before they are taken.</summary>
    public void Step(long count = 1) => Budget.Step(count, Line);

    /// <summary>Counts characters before they are written or read.</summary>
    public void Characters(long count) => Budget.Characters(count, Line);

    /// <summary>Called before a value is entered one level deeper: values can hold each other, and even themselves.</summary>
    public void Deepen()
    {
        Step();
        Nesting.CheckValue(Line);
    }

    /// <summary>Counts a text that was made.</summary>
    public string Made(string text)
    {
        Characters(text.Length);
        return text;
    }

    /// <summary>A complaint about this line.</summary>
    public ChatTemplateException Error(string message) => new(Line, message);
}
