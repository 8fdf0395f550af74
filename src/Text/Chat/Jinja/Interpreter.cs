using System.Text;

namespace LlmRabbitHoles.Chat.Jinja;

/// <summary>Runs a template's statements.</summary>
internal sealed partial class Interpreter(Budget budget)
{
    private const int DeepestCall = 100;
    private const int StepsOfAScope = 5;   // a table of names is as much memory as so many values
    private readonly Budget _budget = budget;
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
        At(statement).Step();
        switch (statement)
        {
            case TextStatement text: Write(text.Text, text, output); break;
            case OutputStatement value: Write(Evaluate(value.Value, scope), value, output); break;
            case IfStatement branch:
                return Run(Operators.IsTrue(Evaluate(branch.Condition, scope)) ? branch.Then : branch.Otherwise, scope, output);
            case ForStatement loop: return RunLoop(loop, scope, output);
            case SetStatement set: Assign(set.Target, Evaluate(set.Value, scope), scope); break;
            case SetBlockStatement set: Assign(set.Target, Render(set.Body, Inside(scope, set)), scope); break;
            case MacroStatement macro: scope[macro.Name] = MacroOf(macro, scope); break;
            case CallBlockStatement call: Write(RunCall(call, scope), call, output); break;
            case FilterBlockStatement filter: Write(RunFilter(filter, scope), filter, output); break;
            case BlockStatement block: return RunBlock(block, scope, output);
            case BreakStatement: return Flow.Break;
            case ContinueStatement: return Flow.Continue;
        }

        return Flow.Next;
    }

    private Place At(Statement statement) => new(statement.Line, _budget);

    private void Write(object? value, Statement statement, StringBuilder output)
    {
        var text = PythonText.Of(value, At(statement));
        At(statement).Characters(text.Length);
        output.Append(text);
    }

    private Scope Inside(Scope scope, Statement statement)
    {
        At(statement).Step(StepsOfAScope);
        return new Scope(scope);
    }

    private Flow RunLoop(ForStatement loop, Scope scope, StringBuilder output)
    {
        var items = Operators.Items(Evaluate(loop.Items, scope), At(loop)).ToList();
        if (loop.Filter is not null) items.RemoveAll(item => !Operators.IsTrue(Evaluate(loop.Filter, ScopeOf(loop, item, scope))));
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

    private Scope ScopeOf(ForStatement loop, object? item, Scope outer)
    {
        var scope = Inside(outer, loop);
        Assign(loop.Target, item, scope);
        return scope;
    }

    private Flow RunBlock(BlockStatement block, Scope scope, StringBuilder output)
    {
        var inner = block.Names.Count > 0 ? Inside(scope, block) : scope;
        foreach (var name in block.Names) Assign(name.Target, Evaluate(name.Value, scope), inner);
        return Run(block.Body, inner, output);
    }

    private object? RunFilter(FilterBlockStatement filter, Scope scope)
    {
        var inner = Inside(scope, filter);
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
        if (_callDepth == DeepestCall)
            throw arguments.Error($"'{Shortened.Of(macro.Name)}' calls itself more than {DeepestCall} times. Give it an end.");
        var inner = Inside(scope, macro);
        var named = arguments.Named;
        if (named.TryGetValue("caller", out var caller))
        {
            inner["caller"] = caller;
            named = named.Where(pair => pair.Key != "caller").ToDictionary();
        }

        var given = (arguments with { Named = named }).Checked([.. macro.Parameters.Select(parameter => parameter.Name)]);
        for (var i = 0; i < macro.Parameters.Count; i++)
        {
            var (name, missing) = macro.Parameters[i];
            inner[name] = i < given.Positional.Count || named.ContainsKey(name) ? given.Get(i, name)
                : missing is not null ? Evaluate(missing, inner)
                : new Undefined($"parameter '{Shortened.Of(name)}' was not provided");
        }

        _callDepth++;
        var text = Render(macro.Body, inner);
        _callDepth--;
        return text;
    });

    private void Assign(Target target, object? value, Scope scope)
    {
        var place = new Place(target.Line, _budget);
        place.Step();
        switch (target)
        {
            case NameTarget name:
                scope[name.Name] = value;
                break;
            case AttributeTarget attribute:
                if (scope.Find(attribute.Namespace, place) is not Namespace made)
                {
                    throw place.Error(
                        $"'{Shortened.Of(attribute.Namespace)}' is not a namespace, so '{Shortened.Of(attribute.Name)}' cannot be set. " +
                        "Make it with namespace().");
                }

                made.Attributes[attribute.Name] = value;
                break;
            case TupleTarget tuple:
                var items = Operators.Items(value, place);
                if (items.Count != tuple.Items.Count)
                    throw place.Error($"{items.Count} values cannot be given to {tuple.Items.Count} names.");
                for (var i = 0; i < items.Count; i++) Assign(tuple.Items[i], items[i], scope);
                break;
        }
    }
}
