namespace LlmRabbitHoles.Alice;

/// <summary>Exchanges of every kind that need no tool and nothing that was said before: what long conversations are filled with, so that
/// each of their rows practises everything.</summary>
internal sealed class Exchanges
{
    private readonly (double Share, Func<Random, IReadOnlyList<(string Question, string Answer)>> Next)[] _kinds;
    private readonly double _shares;

    public Exchanges(World world, Wordings wordings)
    {
        var (facts, unknowns, glossary) = (new FactChats(world, wordings), new Unknowns(world, wordings), new GlossaryChats(wordings));
        var (talk, sums) = (new Dialogues(wordings, new Stories(world, wordings)), new ThinkingChats(wordings));
        var (letters, capitals, sequences) = (new LetterChats(wordings), new CapitalsChats(world, wordings), new SequenceChats(wordings));
        var (skills, forms) = (new SkillTasks(world, wordings), new JsonChats(world, wordings));
        _kinds =
        [
            (0.20, random => [facts.Ask(random.One(world.Lessons), random)]),
            (0.14, random => facts.Talk(random.One(world.Lessons), random.Next(1, 4), random)),
            (0.15, random => [talk.Talk(random)]),
            (0.14, random => [sums.Ask(random)]),
            (0.09, random => [unknowns.Next(random, heldOut: false)]),
            (0.08, random => [glossary.Ask(random)]),
            (0.06, random => [letters.Exchange(random)]),
            (0.06, random => [skills.Exchange(random)]),
            (0.05, random => [forms.Exchange(random)]),
            (0.02, random => [capitals.Exchange(random)]),
            (0.01, random => [sequences.Ask(random)]),
        ];
        _shares = _kinds.Sum(kind => kind.Share);
    }

    /// <summary>One exchange, or some that follow one another.</summary>
    public IReadOnlyList<(string Question, string Answer)> Next(Random random)
    {
        var draw = random.NextDouble() * _shares;
        foreach (var (share, next) in _kinds)
        {
            draw -= share;
            if (draw < 0) return next(random);
        }
        return _kinds[0].Next(random);
    }
}
