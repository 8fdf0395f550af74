using LlmRabbitHoles.Chat;

namespace LlmRabbitHoles.Alice;

/// <summary>A question that takes three calls, the second or third of which needs what the others bring back.</summary>
/// <param name="Topic">What kind of task.</param>
/// <param name="Question">What is asked.</param>
/// <param name="Plan">The steps in words.</param>
/// <param name="Weighing">What is thought before the last call, where two figures are compared: each with its name, which is more, and
/// whose it is; otherwise empty.</param>
/// <param name="Steps">Each call and what it brings back, in order.</param>
/// <param name="Answer">What is said at the end.</param>
/// <param name="Result">The figure that a right answer holds.</param>
internal sealed record PlanTask(
    string Topic, string Question, string Plan, string Weighing, IReadOnlyList<(ToolCall Call, string Result)> Steps, string Answer,
    string Result)
{
    /// <summary>The weighing with the smaller figure taken for the larger; empty without a weighing.</summary>
    public string Misweighing { get; init; } = "";

    /// <summary>What she writes at a step, counted from 0: the plan before the first call, the weighing before the last.</summary>
    public string Said(int step)
    {
        var thought = step == 0 ? Plan : step == Steps.Count - 1 ? Weighing : "";
        return (thought.Length > 0 ? Conversation.Thought(thought) : "") + Conversation.Text(Steps[step].Call);
    }

    /// <summary>What she writes at a step where her thoughts are closed before they begin: the call alone.</summary>
    public string SaidAtOnce(int step) => Conversation.Thought("") + Conversation.Text(Steps[step].Call);
}
