using LlmRabbitHoles.Chat;

namespace LlmRabbitHoles.Alice;

/// <summary>Conversations of any length in which things are told, corrected, asked for, and asked for though nobody told them.</summary>
internal sealed class MemoryTalks(World world, Wordings wordings)
{
    private readonly Memories _memories = new(wordings);
    private readonly MemoryWordings _words = new(wordings);
    private readonly Exchanges _others = new(world, wordings);

    // Where the umbrella is, her world knows when nobody told; where I put it, it does not.
    private readonly HashSet<string> _placed = [.. world.Facts.Where(fact => fact.Topic == "thing.place").Select(fact => fact.Subject)];

    /// <summary>One message that tells something and asks for it or for another thing, and the answer.</summary>
    public (string Question, string Answer) Exchange(Random random)
    {
        var told = Memories.Some(random, random.Next(1, 4), heldOut: false);
        var text = _words.TellTogether(told, random);
        var (question, answer) = AskFor(told, random);
        return ($"{text}{(text[^1] is '.' or '!' or '?' ? "" : ".")} {question}", answer);
    }

    /// <summary>The messages of one conversation.</summary>
    /// <param name="random">Draws.</param>
    /// <param name="characters">About how long it is, in characters: her tokenizer takes about four to a token. 0 for a short one.</param>
    public List<ChatMessage> Next(Random random, int characters = 0)
    {
        var talk = new Talk(this, random);
        talk.Begin(random.Chance(0.2));
        if (characters == 0)
        {
            if (random.Chance(0.93))
                talk.Tell();
            for (var steps = random.Next(0, 6); steps > 0; steps--)
                talk.Step(others: 0.25);
        }
        else
        {
            for (var first = random.Next(1, 4); first > 0; first--)
                talk.Tell();
            while (talk.Characters < characters)
                talk.Step(others: 0.65);
        }

        for (var asked = random.Next(1, 4); asked > 0; asked--)
            talk.Ask();
        return talk.Messages;
    }

    private (string Question, string Answer) AskFor(List<Memory> told, Random random)
    {
        var draw = random.NextDouble();
        if (told.Count == 0 || draw > 0.67)
            return AskForUntold(told, random);
        if (draw < 0.04 && told.Count < 5)
            return (Vary(_words.AskForAll(random)), string.Join(' ', told.Select(_words.Answer)));
        var memory = random.Chance(0.3) ? told[0] : random.One(told);
        if (draw < 0.16 && _words.CanBeAskedBack(memory) && told.Count(other => other.Value == memory.Value) == 1)
            return (Vary(_words.AskBack(memory, random)), _words.Answer(memory));
        var (question, answer) = _memories.Ask(memory, random, heldOut: false);
        return (Vary(question), answer);

        string Vary(string text) => Casual.Vary(text, random);
    }

    // Mostly what resembles something told: the name of the brother, when that of the sister is known.
    private (string Question, string Answer) AskForUntold(List<Memory> told, Random random)
    {
        while (true)
        {
            var strange = told.Count > 0 && random.Chance(0.6)
                ? Resembling(random.One(told), random)
                : Memories.Some(random, 1, heldOut: false)[0];
            if (told.Any(other => Memories.Excludes(other, strange) || other.Value == strange.Value))
                continue;
            var question = _words.CanBeAskedBack(strange) && random.Chance(0.12)
                ? _words.AskBack(strange, random)
                : _memories.Ask(strange, random, heldOut: false).Question;
            if (strange.Kind == "place" && _placed.Contains(strange.Who) && !question.Contains(" I ", StringComparison.Ordinal))
                continue;
            return (Casual.Vary(question, random), Recollection.NotTold);
        }
    }

    private static Memory Resembling(Memory memory, Random random)
    {
        if (memory.Who.Length > 0 && random.Chance(0.35))
        {
            // Another thing of the same person: the age of a sister whose name is known.
            var other = Memories.Some(random, 1, heldOut: false)[0];
            return IsOfPerson(memory) && IsOfPerson(other) ? other with { Who = memory.Who } : other;
        }

        return MemoryWordings.Draw(random.One([.. MemoryKind.All.Where(kind => kind.Name == memory.Kind)]), random);
    }

    private static bool IsOfPerson(Memory memory) => memory.Kind is "lives" or "from" or "key" or "age" or "job" or "has" or "owes"
        or "i-owe" or "likes" or "is-allergic" or "birth-date" or "speaks" or "plays" or "studies" or "drives" or "arrives" or "phone";

    /// <summary>A conversation in the making.</summary>
    private sealed class Talk(MemoryTalks maker, Random random)
    {
        private const int Most = 9;

        private readonly List<Memory> _told = [];

        // What the last message told, as long as a value alone would correct it.
        private Memory? _last;

        public List<ChatMessage> Messages { get; } = [];

        public int Characters => Messages.Sum(message => message.Content.Length);

        /// <summary>A system message, or none, that may tell something.</summary>
        public void Begin(bool tells)
        {
            if (!tells && random.Chance(0.75))
                return;
            var system = random.Chance(0.7) || !tells ? Wordings.All.Expand("system", [], random) + " " : "";
            if (tells && random.Chance(0.5))
            {
                foreach (var memory in Fresh(random.Next(1, 4)))
                {
                    system += maker._words.TellInSystem(memory, random) + " ";
                    _told.Add(memory);
                }
            }

            if (system.Length > 0)
                Messages.Add(new ChatMessage("system", system.TrimEnd()));
        }

        public void Step(double others)
        {
            if (random.Chance(others))
            {
                foreach (var exchange in maker._others.Next(random)) Add(exchange, null);
            }
            else if (random.Chance(0.3))
                Tell();
            else if (_told.Count > 0 && random.Chance(0.35))
                Correct();
            else
                Ask();
        }

        public void Tell()
        {
            var fresh = Fresh(random.Next(5) switch { < 3 => 1, 3 => 2, _ => 3 });
            if (fresh.Count == 0)
                return;
            var text = maker._words.TellTogether(fresh, random);
            _told.AddRange(fresh);
            if (random.Chance(0.08))
            {
                var (question, answer) = maker.AskFor(fresh, random);
                if (answer != Recollection.NotTold)
                {
                    Add(($"{text}{(text[^1] is '.' or '!' or '?' ? "" : ".")} {question}", answer), null);
                    return;
                }
            }

            Add((text, Acknowledged()), fresh.Count == 1 ? fresh[0] : null);
        }

        public void Correct()
        {
            var old = _last ?? random.One(_told);
            var changed = MemoryWordings.Changed(old, random);
            if (_told.Any(other => other != old && other.Value == changed.Value))
                return;
            var text = maker._words.Correct(old, changed, justTold: _last is not null, random);
            _told[_told.IndexOf(old)] = changed;
            Add((text, Acknowledged()), changed);
        }

        public void Ask() => Add(maker.AskFor(_told, random), null);

        private List<Memory> Fresh(int count)
        {
            var fresh = new List<Memory>();
            for (var tries = 0; fresh.Count < Math.Min(count, Most - _told.Count) && tries < 50; tries++)
            {
                Memory[] before = [.. _told, .. fresh];
                var next = before.Length > 0 && random.Chance(0.35)
                    ? Resembling(random.One(before), random)
                    : Memories.Some(random, 1, heldOut: false)[0];
                if (!before.Any(other => Memories.Excludes(other, next) || other.Value == next.Value))
                    fresh.Add(next);
            }

            return fresh;
        }

        private string Acknowledged() => Wordings.All.Expand("memory.ack", [], random);

        private void Add((string Question, string Answer) exchange, Memory? last)
        {
            Messages.Add(new ChatMessage("user", exchange.Question));
            Messages.Add(new ChatMessage("assistant", exchange.Answer));
            _last = last;
        }
    }
}
