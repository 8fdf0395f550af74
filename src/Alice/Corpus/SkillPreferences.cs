using LlmRabbitHoles.Chat;

namespace LlmRabbitHoles.Alice;

/// <summary>
/// An answer that follows every instruction is better than one that overlooks an instruction, and than the answer to another question.
/// </summary>
internal sealed class SkillPreferences(World world, Wordings wordings) : IPreferenceSource
{
    private readonly SkillTasks _tasks = new(world, wordings);

    public string Part => "skills";

    public IEnumerable<Preference> Generate(Random random)
    {
        while (true)
        {
            var (right, wrong) = _tasks.NextMisread(random);
            yield return new Preference(
                [new ChatMessage("system", right.System), new ChatMessage("user", right.Question)], right.Answer, wrong);
        }
    }
}
