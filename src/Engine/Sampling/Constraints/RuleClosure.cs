namespace LlmRabbitHoles.Sampling.Constraints;

/// <summary>Which rules have a property that a rule has when every element of one of its alternatives has it.</summary>
internal static class RuleClosure
{
    /// <param name="rules">All rules.</param>
    /// <param name="ofBytes">Whether a byte has the property.</param>
    /// <returns>[rules]</returns>
    public static bool[] Of(IReadOnlyList<GrammarRule> rules, bool ofBytes)
    {
        var have = new bool[rules.Count];
        for (var changed = true; changed;)
        {
            changed = false;
            for (var rule = 0; rule < rules.Count; rule++)
            {
                if (have[rule] || !rules[rule].Alternatives.Any(sequence => Has(sequence, have, ofBytes))) continue;
                changed = have[rule] = true;
            }
        }
        return have;
    }

    /// <summary>Whether every element of a sequence has the property.</summary>
    public static bool Has(GrammarElement[] sequence, bool[] rules, bool ofBytes) =>
        sequence.All(element => element.IsByte ? ofBytes : rules[element.Rule]);
}
