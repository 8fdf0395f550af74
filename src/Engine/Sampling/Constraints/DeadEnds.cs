namespace LlmRabbitHoles.Sampling.Constraints;

/// <summary>Alternatives that no text of finite length fits, such as a rule that always contains itself.</summary>
internal static class DeadEnds
{
    /// <summary>The rules without such alternatives, so that every text that is begun can be ended.</summary>
    /// <exception cref="GrammarException">Nothing is left of the rule that a whole text must fit.</exception>
    public static List<GrammarRule> Removed(IReadOnlyList<GrammarRule> rules, int root)
    {
        var ends = RuleClosure.Of(rules, ofBytes: true);
        if (!ends[root])
            throw new GrammarException("No text fits the grammar: every text would contain itself. Add an alternative that ends.");
        return [.. rules.Select(rule => rule with
        {
            Alternatives = [.. rule.Alternatives.Where(sequence => RuleClosure.Has(sequence, ends, ofBytes: true))],
        })];
    }
}
