using System.Collections.Immutable;

namespace LlmRabbitHoles.Notebooks.Session.Language;

/// <summary>The overloads of a call, and the argument at the cursor.</summary>
/// <param name="Signatures">The overloads, at least one.</param>
/// <param name="ActiveSignature">The index of the overload that the arguments written so
/// far choose, else of the first with enough parameters.</param>
/// <param name="ActiveParameter">
/// The index of the parameter of the active signature that the cursor's argument is for. It lies behind the last one when there are more
/// arguments than parameters, and is 0 for a signature without parameters.
/// </param>
public sealed record SignatureHelp(ImmutableArray<CallSignature> Signatures, int ActiveSignature, int ActiveParameter);

/// <summary>One overload.</summary>
/// <param name="Label">Its declaration on one line: <c>int Math.Max(int val1, int val2)</c>.</param>
/// <param name="Documentation">Its author's summary, as Markdown; empty when nothing was found.</param>
/// <param name="Parameters">In the order of their declaration.</param>
public sealed record CallSignature(string Label, string Documentation, ImmutableArray<CallParameter> Parameters);

/// <summary>A parameter of an overload.</summary>
/// <param name="Name">As a named argument calls it.</param>
/// <param name="Label">The piece of the signature's label that declares it: <c>int val1</c>.</param>
/// <param name="Documentation">What its author says about it, as Markdown; empty when nothing was found.</param>
public sealed record CallParameter(string Name, string Label, string Documentation);
