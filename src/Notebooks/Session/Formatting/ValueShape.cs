namespace LlmRabbitHoles.Notebooks.Session.Formatting;

/// <summary>The structure of a value: read once, then rendered as text and as HTML.</summary>
internal abstract record ValueShape;

/// <summary>A value that is one text.</summary>
/// <param name="Text">Its text.</param>
/// <param name="Quoted">True for strings and characters, which are quoted inside of others.</param>
/// <param name="Numeric">True for numbers, which stand at the right of a column.</param>
internal sealed record ScalarShape(string Text, bool Quoted = false, bool Numeric = false) : ValueShape;

/// <summary>Values in a row.</summary>
/// <param name="Items">The first of them.</param>
/// <param name="Rest">A note on the items left out; null when there are none.</param>
internal sealed record ListShape(IReadOnlyList<ValueShape> Items, string? Rest) : ValueShape;

/// <summary>A value with named members.</summary>
/// <param name="Name">Its type's name; empty for anonymous types and tuples.</param>
/// <param name="Members">Its members in the order of their declaration.</param>
internal sealed record ObjectShape(string Name, IReadOnlyList<KeyValuePair<string, ValueShape>> Members) : ValueShape;

/// <summary>Rows of values under the same headings.</summary>
/// <param name="Columns">The headings.</param>
/// <param name="Rows">[rows][columns]</param>
/// <param name="Rest">A note on the rows left out; null when there are none.</param>
internal sealed record TableShape(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<ValueShape>> Rows, string? Rest) : ValueShape;
