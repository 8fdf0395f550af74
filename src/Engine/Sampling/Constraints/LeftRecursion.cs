namespace LlmRabbitHoles.Sampling.Constraints;

/// <summary>Rules that begin with themselves and leave something to read behind that, which would grow without end.</summary>
internal static class LeftRecursion
{
    /// <exception cref="GrammarException">A rule can begin with itself.</exception>
    /// <remarks>A rule that ends with itself may also begin so, as (x*)* does: at its end nothing is left to return to.</remarks>
    public static void Refuse(IReadOnlyList<GrammarRule> rules)
    {
        var empty = RuleClosure.Of(rules, ofBytes: false);    // rules that an empty text fits
        var firsts = rules.Select(rule => rule.Alternatives.SelectMany(sequence => Firsts(sequence, empty)).ToArray()).ToArray();
        for (var rule = 0; rule < rules.Count; rule++)
            foreach (var first in firsts[rule].Where(first => !first.IsLast).Select(first => first.Rule).Distinct())
                if (Begins(first, rule, firsts))
                    throw new GrammarException(
                        $"The rule '{rules[rule].Name}' can begin with itself, so it never ends. Put the repetition at its end.");
    }

    /// <summary>Whether a rule can begin with another, or is the other.</summary>
    private static bool Begins(int rule, int other, (int Rule, bool IsLast)[][] firsts)
    {
        var (seen, open) = (new HashSet<int>(), new Stack<int>([rule]));
        while (open.TryPop(out var next))
        {
            if (next == other) return true;
            if (!seen.Add(next)) continue;
            foreach (var first in firsts[next]) open.Push(first.Rule);
        }
        return false;
    }

    /// <summary>The rules that a sequence can begin with, and whether each is its last element.</summary>
    private static IEnumerable<(int Rule, bool IsLast)> Firsts(GrammarElement[] sequence, bool[] empty)
    {
        for (var i = 0; i < sequence.Length && !sequence[i].IsByte; i++)
        {
            yield return (sequence[i].Rule, i == sequence.Length - 1);
            if (!empty[sequence[i].Rule]) yield break;
        }
    }
}
