using LlmRabbitHoles.Agents;
using LlmRabbitHoles.Alice.Abilities;
using LlmRabbitHoles.Chat;
using LlmRabbitHoles.Generation;

namespace LlmRabbitHoles.Alice.Exam;

/// <summary>Small talk, with and without tools on offer; and whatever else people type, at whose end she must stop.</summary>
internal static class TalkExam
{
    private const int Longest = 500;
    private static readonly ExamWordings Wordings = ExamWordings.Read("small-talk"), Free = ExamWordings.Read("stopping");

    // A fitting answer holds one of these.
    private static readonly Dictionary<string, string[]> Fitting = new(StringComparer.Ordinal)
    {
        ["greeting"] = ["hello", "hi", "hey", "good morning", "good evening", "good day", "welcome", "greetings", "nice to", "can I help"],
        ["thanks"] =
            ["welcome", "glad", "pleasure", "happy", "any time", "anytime", "no problem", "gladly", "like to help", "of course", "kind"],
        ["how"] =
            ["well", "fine", "good", "great", "thank you", "thanks", "ok", "all right", "happy", "ready", "feelings", "language model"],
        ["who"] = ["Alice", "language model", "model", "program", "machine"],
        ["can"] = ["can", "know", "help", "answer", "ask me", "count", "tell"],
        ["joke"] = ["why", "because", "said", "says", "knock", "what do you call", "joke", "laugh", "asked", "funny"],
        ["bye"] =
            ["bye", "goodbye", "see you", "good night", "take care", "farewell", "soon", "sleep well", "until", "nice day", "good evening"],
        ["praise"] = ["thank you", "thanks", "glad", "kind", "happy", "nice", "like", "welcome", "pleasure", "language model"],
        ["sad"] =
        [
            "sorry", "hope", "better", "sad", "here", "rest", "feel", "listen", "sleep", "with you", "can talk", "language model",
            "oh dear", "help", "tomorrow", "friend",
        ],
    };

    /// <summary>Every template in turn, half of them with tools on.</summary>
    public static IReadOnlyList<AbilityCase> Cases(int seed, int count)
    {
        var random = new Random(seed);
        return [.. random.Cycle([.. Wordings.All]).Take(count).Select((template, index) =>
        {
            var hasTools = index % 2 == 0;
            return new AbilityCase(template.Topic, [new ChatMessage("user", template.Fill([], random))], said => Fits(template.Topic, said))
            {
                Tools = hasTools ? ToolChats.Offer(random, []) : [],
                Aspects = new Dictionary<string, Func<Transcript, bool>>
                {
                    [hasTools ? "with_tools" : "without_tools"] = said => Fits(template.Topic, said),
                },
            };
        }).OrderBy(test => test.Topic, StringComparer.Ordinal)];
    }

    /// <summary>Whatever people type, and some cases of other abilities.</summary>
    public static IReadOnlyList<AbilityCase> Stopping(int seed, IReadOnlyList<IAbility> others, int each)
    {
        var random = new Random(seed);
        return
        [
            .. random.Shuffled(Free.All).Select(template =>
                Abilities.Stopping.Case("anything", new AbilityCase("", [new ChatMessage("user", template.Fill([], random))], _ => true))),
            .. others.SelectMany(ability => random.Some(ability.NaturalCases(seed), each)
                .Select(test => Abilities.Stopping.Case(ability.Name, test))),
        ];
    }

    private static bool Fits(string topic, Transcript said) =>
        said.Calls.Count == 0 && said.Malformed == 0 && said.StopReason == StopReason.EndTurn && said.Answer.Length <= Longest
        && !said.Answer.HasWords("no tool")
        && (topic == "joke" && said.Answer.Declines() || said.Answer.HasAny(Fitting[topic]) && !said.Answer.HasWords("do not know"));
}
