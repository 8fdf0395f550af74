using System.Text;

namespace LlmRabbitHoles.Tokenization.PreTokenization;

/// <summary>Rewrites a regular expression from Oniguruma's notation where .NET's differs.</summary>
internal static class RegexNotation
{
    /// <summary>
    /// Possessive quantifiers become atomic groups; in groups that ignore case, s and k also match ſ and the Kelvin sign;
    /// a plus behind braces repeats them.
    /// </summary>
    public static string ToDotNet(string pattern)
    {
        var result = new StringBuilder(pattern.Length + 16);
        var atomStart = 0;              // where the atom that a quantifier would repeat begins in the result
        var groups = new Stack<(int Start, bool IgnoreCase)>();
        var ignoreCase = false;
        for (var i = 0; i < pattern.Length;)
        {
            var c = pattern[i];
            if (c == '(')
            {
                groups.Push((result.Length, ignoreCase));
                ignoreCase |= pattern.AsSpan(i).StartsWith("(?i:");
                i += CopyGroupHead(pattern, i, result);
            }
            else if (c == ')')
            {
                result.Append(c);
                if (groups.TryPop(out var group)) (atomStart, ignoreCase) = group;
                i++;
            }
            else if (c is '*' or '+' or '?' or '{' && QuantifierLength(pattern, i) is > 0 and var length)
            {
                i = CopyQuantifier(pattern, i, length, result, atomStart);
            }
            else
            {
                atomStart = result.Length;
                var end = EndOfAtom(pattern, i);
                result.Append(ignoreCase && end == i + 1 ? FoldAtom(c) : pattern[i..end]);
                i = end;
            }
        }

        return result.ToString();
    }

    private static string FoldAtom(char c) => c switch
    {
        's' or 'S' => "[sS\u017F]",
        'k' or 'K' => "[kK\u212A]",
        _ => c.ToString(),
    };

    private static int CopyGroupHead(string pattern, int start, StringBuilder result)
    {
        var end = start + 1;
        if (end < pattern.Length && pattern[end] == '?')
        {
            end++;
            while (end < pattern.Length && (char.IsAsciiLetter(pattern[end]) || pattern[end] is '-' or '<')) end++;
            if (end < pattern.Length && pattern[end] is ':' or '=' or '!' or '>') end++;
        }

        result.Append(pattern, start, end - start);
        return end - start;
    }

    private static int EndOfAtom(string pattern, int start)
    {
        if (pattern[start] == '[') return EndOfClass(pattern, start);
        if (pattern[start] != '\\' || start + 1 == pattern.Length) return start + 1;
        if (pattern[start + 1] is not ('p' or 'P') || start + 2 == pattern.Length || pattern[start + 2] != '{') return start + 2;
        var close = pattern.IndexOf('}', start);
        return close < 0 ? pattern.Length : close + 1;
    }

    private static int EndOfClass(string pattern, int start)
    {
        for (var i = start + 1; i < pattern.Length; i++)
        {
            if (pattern[i] == '\\') i++;
            else if (pattern[i] == ']' && i > start + 1) return i + 1;
        }

        return pattern.Length;
    }

    private static int QuantifierLength(string pattern, int start)
    {
        if (pattern[start] != '{') return 1;
        var close = pattern.IndexOf('}', start);
        if (close <= start + 1) return 0;
        var inside = pattern[(start + 1)..close];
        return inside.All(c => char.IsAsciiDigit(c) || c == ',') ? close + 1 - start : 0;
    }

    private static int CopyQuantifier(string pattern, int start, int length, StringBuilder result, int atomStart)
    {
        var end = start + length;
        result.Append(pattern, start, length);
        if (end < pattern.Length && pattern[end] == '+')
        {
            // x++ never gives back what it took; x{2}+ is one or more of x{2}.
            var isPossessive = pattern[start] != '{';
            result.Insert(atomStart, isPossessive ? "(?>" : "(?:").Append(isPossessive ? ")" : ")+");
            return end + 1;
        }

        if (end >= pattern.Length || pattern[end] != '?') return end;
        result.Append('?');
        return end + 1;
    }
}
