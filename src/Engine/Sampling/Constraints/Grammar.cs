using System.Collections.ObjectModel;
using System.Runtime.CompilerServices;
using System.Text;
using LlmRabbitHoles.Tokenization;
using Microsoft.ML.Tokenizers;

namespace LlmRabbitHoles.Sampling.Constraints;

/// <summary>Which texts a generation may write: a context-free grammar over the bytes of UTF-8, in llama.cpp's notation GBNF.</summary>
/// <remarks>https://github.com/ggml-org/llama.cpp/blob/master/grammars/README.md. Special tokens are no text: they come only where a
/// grammar names them by their ids, as <c>&lt;[7]&gt;</c>. Rules are compiled once; a model's tokens are held
/// against them in <see cref="TokenConstraint"/>.</remarks>
public sealed class Grammar
{
    private readonly Lazy<GrammarAutomaton> _automaton;
    private readonly ConditionalWeakTable<Tokenizer, TokenConstraint> _constraints = [];

    internal Grammar(IReadOnlyList<GrammarRule> rules, int root, string text)
    {
        (Rules, Root, Text) = (rules, root, text);
        _automaton = new Lazy<GrammarAutomaton>(() => new GrammarAutomaton(this));
    }

    /// <summary>The grammar in GBNF; its parts are named only.</summary>
    public string Text { get; }

    internal IReadOnlyList<GrammarRule> Rules { get; }

    /// <summary>Index of the rule that a whole text must fit.</summary>
    internal int Root { get; }

    internal GrammarAutomaton Automaton => _automaton.Value;

    /// <summary>Reads GBNF.</summary>
    /// <param name="text">Rules, of which <c>root</c> is the one that a whole text must fit.</param>
    /// <param name="parts">Other grammars by the names that the rules have for them. Default null: none.</param>
    /// <exception cref="GrammarException">The text is not a grammar; the message names line and column.</exception>
    public static Grammar Parse(string text, IReadOnlyDictionary<string, Grammar>? parts = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new GbnfReader(text, parts ?? ReadOnlyDictionary<string, Grammar>.Empty).Read();
    }

    /// <summary>The grammar of the JSON texts that fit a schema, written with one blank after each colon and comma.</summary>
    /// <exception cref="GrammarException">The schema is not valid, or has a keyword that no grammar can keep.</exception>
    public static Grammar FromJsonSchema(string schema) => Parse(JsonSchemaGrammar.Write(schema));

    /// <summary>The grammar of the texts that match a regular expression as a whole.</summary>
    /// <exception cref="GrammarException">The expression is not valid, or has a part that no grammar can keep.</exception>
    public static Grammar FromRegex(string pattern) => Parse(RegexGrammar.Write(pattern));

    /// <summary>Whether a text fits as a whole.</summary>
    public bool Fits(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var state = GrammarAutomaton.Start;
        foreach (var next in Encoding.UTF8.GetBytes(text))
            if ((state = Automaton.Next(state, next)) == GrammarAutomaton.Dead)
                return false;
        return Automaton.Accepts(state);
    }

    /// <summary>A new text under this grammar.</summary>
    /// <param name="tokenizer">The model's; its tokens are held against the grammar once.</param>
    /// <param name="stopTokens">Tokens that end the text.</param>
    public ConstrainedText NewText(Tokenizer tokenizer, IReadOnlySet<int> stopTokens) => new(
        _constraints.GetValue(tokenizer, _ => new TokenConstraint(this, tokenizer)), stopTokens, tokenizer.BytesOf);
}

/// <summary>One rule: a text fits that fits one of the alternatives, element by element.</summary>
internal sealed record GrammarRule(string Name, IReadOnlyList<GrammarElement[]> Alternatives);

/// <summary>One byte from a range, or a text that fits another rule.</summary>
/// <param name="Low">The lowest byte; unused where a rule is meant.</param>
/// <param name="High">The highest byte.</param>
/// <param name="Rule">Index of the rule; -1 where a byte is meant.</param>
internal readonly record struct GrammarElement(byte Low, byte High, int Rule)
{
    public static GrammarElement Bytes(byte low, byte high) => new(low, high, -1);

    public static GrammarElement Reference(int rule) => new(0, 0, rule);

    public bool IsByte => Rule < 0;
}

/// <summary>Thrown when a grammar, JSON schema or regular expression cannot be used; the message says where and why.</summary>
public sealed class GrammarException(string message, Exception? inner = null) : ArgumentException(message, inner);
