using System.Runtime.CompilerServices;

namespace LlmRabbitHoles.Chat.Jinja;

/// <summary>
/// Stops a template, or a value that it makes, that is nested so deeply that going through it would exhaust the stack, which no program
/// survives.
/// </summary>
internal static class Nesting
{
    /// <summary>Called before the template is entered one level deeper.</summary>
    /// <param name="line">The template's line.</param>
    /// <exception cref="ChatTemplateException">The stack is nearly used up.</exception>
    public static void Check(int line)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw new ChatTemplateException(line, "the template is nested too deeply. Split it with set and macros.");
    }

    /// <summary>Called before a value is entered one level deeper.</summary>
    /// <param name="line">The template's line.</param>
    /// <exception cref="ChatTemplateException">The stack is nearly used up.</exception>
    public static void CheckValue(int line)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw new ChatTemplateException(
                line, "a value is nested too deeply, or holds itself. Put fewer lists and mappings into each other.");
    }
}
