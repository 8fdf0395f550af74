namespace LlmRabbitHoles.Alice;

/// <summary>An instruction that a system message may hold. Those after <see cref="Figures"/> are only practised: they show in training what
/// many words may stand for, and no evaluation asks for them.</summary>
internal enum Skill
{
    Capitals, OneWord, Sentence, Dashes, Quotes, Begin, End, Pirate, Robot, Butler,
    Centimetres, Metres, Grams, Kilograms, Minutes, Hours, Words, Figures,
    Small, Stars, Brackets, Twice, Speaker, Courtier, Greet, Sign,
}

/// <summary>Which part of the skills, names or numbers a question is made from.</summary>
internal enum Split
{
    /// <summary>What training reads.</summary>
    Trained,

    /// <summary>What training leaves out and the evaluation asks for.</summary>
    HeldOut,
}

/// <summary>A question under a system message with skills.</summary>
/// <param name="Skills">What the system message asks for; empty for a plain one.</param>
/// <param name="System">The system message.</param>
/// <param name="Question">What is asked.</param>
/// <param name="Answer">What she says.</param>
/// <param name="Key">What the answer must hold, in any case, whatever its form.</param>
/// <param name="Begin">How it begins under <see cref="Skill.Begin"/>.</param>
/// <param name="End">How it ends under <see cref="Skill.End"/>.</param>
internal sealed record SkillTask(
    IReadOnlyList<Skill> Skills, string System, string Question, string Answer, IReadOnlyList<string> Key, string Begin, string End)
{
    /// <summary>Whether an answer says the right thing and follows each instruction, and does nothing it was not asked for.</summary>
    public bool IsRight(string answer)
    {
        var text = answer.Trim();
        if (Has(Skill.Capitals) ? text.Any(char.IsLower) : text.Any(char.IsUpper) && !text.Any(char.IsLower))
            return false;
        var rest = text;
        return Takes(ref rest, Has(Skill.Begin), Begin, atEnd: false)
            && Takes(ref rest, Has(Skill.End), End, atEnd: true)
            && Takes(ref rest, Has(Skill.Pirate), "Arr!", atEnd: false)
            && Takes(ref rest, Has(Skill.Robot), "Beep.", atEnd: false)
            && IsQuoted(ref rest) == Has(Skill.Quotes)
            && rest.Contains("my lord", StringComparison.OrdinalIgnoreCase) == Has(Skill.Butler)
            && rest.StartsWith('-') == Has(Skill.Dashes)
            && (!Has(Skill.Dashes)
                || rest.Split('\n').Length == Key.Count && rest.Split('\n').All(line => line.StartsWith("- ", StringComparison.Ordinal)))
            && (!Has(Skill.Sentence) || rest.Contains(' '))
            && (!Has(Skill.OneWord) || !rest.Contains(' '))
            && Key.All(key => Answers(rest, key));
    }

    private bool Has(Skill skill) => Skills.Contains(skill);

    // An affix must be there when it was asked for, and must not be there when it was not.
    private static bool Takes(ref string text, bool wanted, string affix, bool atEnd)
    {
        if (affix.Length == 0)
            return true;
        var there = atEnd
            ? text.EndsWith(affix, StringComparison.OrdinalIgnoreCase)
            : text.StartsWith(affix, StringComparison.OrdinalIgnoreCase);
        if (there && wanted)
            text = (atEnd ? text[..^affix.Length] : text[affix.Length..]).Trim();
        return there == wanted;
    }

    private static bool IsQuoted(ref string text)
    {
        if (text is not ['"', _, .., '"'])
            return text.Contains('"');
        text = text[1..^1];
        return true;
    }

    // Whole words: "3" is not in "13".
    private static bool Answers(string text, string key)
    {
        for (var at = 0; (at = text.IndexOf(key, at, StringComparison.OrdinalIgnoreCase)) >= 0; at++)
        {
            var end = at + key.Length;
            if ((at == 0 || !char.IsLetterOrDigit(text[at - 1])) && (end == text.Length || !char.IsLetterOrDigit(text[end])))
                return true;
        }

        return false;
    }
}
