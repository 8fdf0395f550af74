using System.Text;

namespace LlmRabbitHoles.Tokenization.Jinja;

/// <summary>Runs a template's statements.</summary>
internal sealed partial class Interpreter
{
    private const int DeepestCall = 100;
    private int _callDepth;
    private int _loopDepth;

    private enum Flow
    {
        Next,
        Break,
        Continue,
    }

    /// <summary>The text that statements write.</summary>
    public string Render(IReadOnlyList<Statement> body, Scope scope)
    {
        var output = new StringBuilder();
        Run(body, scope, output);
        return output.ToString();
    }

    private Flow Run(IReadOnlyList<Statement> body, Scope scope, StringBuilder output)
    {
        foreach (var statement in body)
        {
            var flow = Run(statement, scope, output);
            if (flow != Flow.Next) return flow;
        }

        return Flow.Next;
    }

    private Flow Run(Statement statement, Scope scope, StringBuilder output)
    {
        Nesting.Check(statement.Line);
        switch (statement)
        {
            case TextStatement text: output.Append(text.Text); break;
            case OutputStatement value: output.Append(PythonText.Of(Evaluate(value.Value, scope))); break;
            case IfStatement branch: return Run(Operators.IsTrue(Evaluate(branch.Condition, scope)) ? branch.Then : branch.Otherwise, scope, output);
            case ForStatement loop: return RunLoop(loop, scope, output);
            case SetStatement set: Assign(set.Target, Evaluate(set.Value, scope), scope); break;
            case SetBlockStatement set: Assign(set.Target, Render(set.Body, new Scope(scope)), scope); break;
            case MacroStatement macro: scope[macro.Name] = MacroOf(macro, scope); break;
            case CallBlockStatement call: output.Append(PythonText.Of(RunCall(call, scope))); break;
            case FilterBlockStatement filter: output.Append(PythonText.Of(RunFilter(filter, scope))); break;
            case BlockStatement block: return RunBlock(block, scope, output);
            case BreakStatement: return Flow.Break;
            case ContinueStatement: return Flow.Continue;
        }

        return Flow.Next;
    }

    private Flow RunLoop(ForStatement loop, Scope scope, StringBuilder output)
    {
        var items = Operators.Items(Evaluate(loop.Items, scope), loop.Line).ToList();
        if (loop.Filter != null) items.RemoveAll(item => !Operators.IsTrue(Evaluate(loop.Filter, ScopeOf(loop, item, scope))));
        if (items.Count == 0) return Run(loop.Otherwise, scope, output);
        var variable = new LoopVariable(items, ++_loopDepth);
        for (var i = 0; i < items.Count; i++)
        {
            variable.Index = i;
            var inner = ScopeOf(loop, items[i], scope);
            inner["loop"] = variable;
            if (Run(loop.Body, inner, output) == Flow.Break) break;
        }

        _loopDepth--;
        return Flow.Next;
    }

    private static Scope ScopeOf(ForStatement loop, object? item, Scope outer)
    {
        var scope = new Scope(outer);
        Assign(loop.Target, item, scope);
        return scope;
    }

    private Flow RunBlock(BlockStatement block, Scope scope, StringBuilder output)
    {
        var inner = block.Names.Count > 0 ? new Scope(scope) : scope;
        foreach (var name in block.Names) Assign(name.Target, Evaluate(name.Value, scope), inner);
        return Run(block.Body, inner, output);
    }

    private object? RunFilter(FilterBlockStatement filter, Scope scope)
    {
        var inner = new Scope(scope);
        inner[FilterBlockStatement.Text] = Render(filter.Body, inner);
        return Evaluate(filter.Filter, inner);
    }

    private object? RunCall(CallBlockStatement call, Scope scope)
    {
        var caller = new Literal(call.Line, MacroOf(call.Caller, scope));
        var arguments = call.Call.Arguments with { Named = [.. call.Call.Arguments.Named, ("caller", caller)] };
        return Evaluate(call.Call with { Arguments = arguments }, scope);
    }

    private Callable MacroOf(MacroStatement macro, Scope scope) => new(macro.Name, arguments =>
    {
        if (_callDepth == DeepestCall) throw arguments.Error($"'{macro.Name}' calls itself more than {DeepestCall} times. Give it an end.");
        if (arguments.Positional.Count > macro.Parameters.Count)
            throw arguments.Error($"'{macro.Name}' takes {macro.Parameters.Count} arguments; it is given {arguments.Positional.Count}.");
        var inner = new Scope(scope);
        if (arguments.Named.TryGetValue("caller", out var caller)) inner["caller"] = caller;
        for (var i = 0; i < macro.Parameters.Count; i++)
        {
            var (name, missing) = macro.Parameters[i];
            var given = i < arguments.Positional.Count || arguments.Named.ContainsKey(name);
            inner[name] = given ? arguments.Get(i, name) : missing != null ? Evaluate(missing, inner) : new Undefined($"parameter '{name}' was not provided");
        }

        _callDepth++;
        var text = Render(macro.Body, inner);
        _callDepth--;
        return text;
    });

    private static void Assign(Target target, object? value, Scope scope)
    {
        switch (target)
        {
            case NameTarget name:
                scope[name.Name] = value;
                break;
            case AttributeTarget attribute:
                if (scope[attribute.Namespace] is not Namespace made)
                    throw new ChatTemplateException(attribute.Line, $"'{attribute.Namespace}' is no namespace, so '{attribute.Name}' cannot be set. Make it with namespace().");
                made.Attributes[attribute.Name] = value;
                break;
            case TupleTarget tuple:
                var items = Operators.Items(value, tuple.Line).ToList();
                if (items.Count != tuple.Items.Count)
                    throw new ChatTemplateException(tuple.Line, $"{items.Count} values cannot be given to {tuple.Items.Count} names.");
                for (var i = 0; i < items.Count; i++) Assign(tuple.Items[i], items[i], scope);
                break;
        }
    }
}
