using System.Runtime.CompilerServices;

namespace LlmRabbitHoles.Tokenization.Jinja;

/// <summary>Stops a template that is nested so deeply that reading or running it would exhaust the stack, which no program survives.</summary>
internal static class Nesting
{
    /// <summary>Called wherever nesting goes one level deeper.</summary>
    /// <param name="line">The template's line.</param>
    /// <exception cref="ChatTemplateException">The stack is nearly used up.</exception>
    public static void Check(int line)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw new ChatTemplateException(line, "the template is nested too deeply. Split it with set and macros.");
    }
}
