using System.Reflection;
using LlmRabbitHoles.Notebooks.Session.Formatting;

namespace LlmRabbitHoles.Notebooks.Session;

/// <summary>A variable that a cell declared at its top level.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type, as C# writes it.</param>
/// <param name="Value">Its present value.</param>
internal sealed record SessionVariable(string Name, string Type, object? Value)
{
    /// <param name="name">The variable.</param>
    /// <param name="state">The object that holds the variables of the cell that declared it.</param>
    public static SessionVariable Of(string name, object state)
    {
        var field = FieldOf(name, state);
        return new SessionVariable(name, TypeName.Of(field.FieldType), field.GetValue(state));
    }

    /// <summary>The field in which a cell stores a variable.</summary>
    /// <param name="name">The variable.</param>
    /// <param name="state">The object that holds the variables of the cell that declared it.</param>
    public static FieldInfo FieldOf(string name, object state) =>
        state.GetType().GetField(name, BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static)
            ?? throw new MissingFieldException(state.GetType().Name, name);
}
