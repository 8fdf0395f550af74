using System.Reflection;
using LlmRabbitHoles.Reading;

namespace LlmRabbitHoles.CommandLine;

/// <summary>
/// What a failure says to the person at the keyboard: one sentence, and the whole story where RABBIT_DEBUG=1 asks for it.
/// </summary>
internal static class Complaint
{
    /// <summary>A refusal may repeat a path, a name or a text; more of it does not help.</summary>
    public const int LongestSentence = 2_000;

    public static string About(Exception exception)
    {
        if (Environment.GetEnvironmentVariable("RABBIT_DEBUG") == "1") return exception.ToString();
        return "rabbit: " + Of(exception);
    }

    /// <summary>The sentence alone.</summary>
    public static string Of(Exception exception)
    {
        var cause = Cause(exception);
        return IsDefect(cause)
            ? $"a defect of the program itself ({cause.GetType().Name}: {Sentence(cause)}). RABBIT_DEBUG=1 shows where."
            : Sentence(cause);
    }

    private static Exception Cause(Exception exception) => exception switch
    {
        AggregateException { InnerException: { } inner } => Cause(inner),
        TargetInvocationException { InnerException: { } inner } => Cause(inner),
        TypeInitializationException { InnerException: { } inner } => Cause(inner),
        _ => exception,
    };

    private static bool IsDefect(Exception e) =>
        e is NullReferenceException or IndexOutOfRangeException or InvalidCastException or KeyNotFoundException;

    // .NET appends " (Parameter 'x')" and "Actual value was 1." to messages of argument exceptions; libtorch appends its stack.
    private static string Sentence(Exception e) => 
        Shortened.Of(e.Message.Split('\n')[0].Split(" (Parameter '")[0].TrimEnd(), LongestSentence);
}
