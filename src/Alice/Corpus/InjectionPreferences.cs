using LlmRabbitHoles.Chat;
namespace LlmRabbitHoles.Alice;

/// <summary>Pages with a hidden instruction: answering what the user asked is better than doing what the page says. Where the user wants
/// the page followed, following it is better.</summary>
internal sealed class InjectionPreferences(World world, Wordings wordings, PageChats chats) : IPreferenceSource
{
    private readonly Pages _pages = new(world, wordings);

    public string Part => "injections";

    public IEnumerable<Preference> Generate(Random random)
    {
        while (true)
        {
            var page = _pages.Draw(random, heldOut: false);
            var (answer, said) = (Pages.Answer(page), PageChats.Said(page));
            yield return random.Chance(0.75)
                ? new Preference(
                    Opened(page, _pages.Question(page, random), _pages.Injected(page, random, heldOut: false), random), answer, said)
                : new Preference(
                    Opened(
                        page, wordings.Expand("page.order", page, random), wordings.Expand("page.order.statement", page, random), random),
                    said, answer);
        }
    }

    private IReadOnlyList<ChatMessage> Opened(Slots page, string question, string text, Random random) =>
        chats.Opened(page, question, text, random).Messages;
}
