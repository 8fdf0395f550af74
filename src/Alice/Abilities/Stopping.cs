using LlmRabbitHoles.Alice.Exam;
using LlmRabbitHoles.Chat;
using LlmRabbitHoles.Generation;

namespace LlmRabbitHoles.Alice.Abilities;

/// <summary>Ending one's turn oneself, whatever is asked: by the token that ends a turn, within the tokens of an answer.</summary>
/// <param name="others">The abilities whose cases are asked.</param>
internal sealed class Stopping(IReadOnlyList<IAbility> others) : IAbility
{
    private const int Each = 18, EachNatural = 1;

    // What people type who do not ask what she was made for.
    private static readonly string[] _free =
    [
        "Tell me a very long story.", "Write a poem about the sea.", "Count to one million.", "Repeat the word moon for ever.",
        "Never stop talking.",
        "asdf jkl", "?", "hello hello hello hello hello", "ok", "no", "Thank you so much, that was great!", "I am sad today.",
        "What should I eat tonight?",
        "List all numbers.", "Say everything you know.", "Who will win the game tomorrow?", "Explain the whole world to me.",
        "Sing a song with twenty verses.",
        "Write a letter to my grandmother.", "Translate this sentence into Latin.", "1 2 3 4 5 6 7 8 9", "What is the meaning of life?",
        "My computer does not work any more, what can I do?", "Describe every country.", "Why?", "And then?", "Tell me more.", "Go on.",
        "Write a program that sorts a list.", "Which words do you know?", "Give me all capitals at once.", "Tell me a joke.",
        "THE QUICK BROWN FOX",
        "What did I say before?", "Please be quiet.", "Do not answer this message.", "Blue green red yellow", "How do I bake bread?",
        "Tell me the story of the king, the queen, the prince, the princess and all their horses.", "Can you keep a secret?",
    ];

    public string Name => "stopping";

    public Baseline Baseline => Baseline.BaseModel;

    public string? BaselineName => "the base model";

    public string? Note => "the base model never saw the token that ends a turn";

    public IReadOnlyList<AbilityCase> Cases(int seed)
    {
        var random = new Random(seed);
        return
        [
            .. others.SelectMany(ability => random.Some(ability.Cases(seed), Each).Select(test => Case(ability.Name, test))),
            .. _free.Select(text => Case("anything", new AbilityCase("", [new ChatMessage("user", text)], _ => true))),
        ];
    }

    public IReadOnlyList<AbilityCase> NaturalCases(int seed) => TalkExam.Stopping(seed, others, EachNatural);

    /// <summary>The same asked for its end alone.</summary>
    internal static AbilityCase Case(string topic, AbilityCase asked) =>
        new(topic, asked.Messages, said => said.StopReason is StopReason.EndTurn or StopReason.ToolUse)
        {
            Tools = asked.Tools, MayThink = asked.MayThink, MustEndTurn = true
        };
}
