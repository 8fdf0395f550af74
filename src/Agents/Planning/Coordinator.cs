using LlmRabbitHoles.Agents.Tracing;
using LlmRabbitHoles.Chat;
using LlmRabbitHoles.Generation;
using LlmRabbitHoles.Sampling.Constraints;

namespace LlmRabbitHoles.Agents.Planning;

/// <summary>Gives a task to one agent after another, as a chooser says, until it says "done".</summary>
/// <remarks>Wu et al. 2023, arXiv:2308.08155 (AutoGen's group chat with a speaker that is selected).</remarks>
/// <param name="chooser">Answers "name: what to do", or "done".</param>
/// <param name="members">At least one; their names differ.</param>
public sealed class Coordinator(IAgent chooser, IReadOnlyList<TeamMember> members)
{
    private const string Done = "done";

    /// <summary>Times that the chooser is asked at most. Default 8.</summary>
    public int MaxRounds { get; init; } = 8;

    /// <summary>Receives each choice and answer. Default null: nothing is reported.</summary>
    public IProgress<AgentStep>? Trace { get; init; }

    /// <summary>A chooser whose answers are bound to the members' names and "done", for models that follow no format.</summary>
    /// <param name="model">Has a tokenizer and a chat template.</param>
    /// <param name="members">Their names have letters, digits, blanks and hyphens only.</param>
    public static IAgent ChooserOf(LanguageModel model, IReadOnlyList<TeamMember> members)
    {
        ArgumentNullException.ThrowIfNull(members);
        var names = members.Select(member => member.Name).Append(Done);
        return new AgentLoop(model, Toolbox.Empty)
        {
            MayThink = false,
            Options = new GenerationOptions
            {
                Grammar = Grammar.Parse($"root ::= {string.Join(" | ", names.Select(name => $"\"{name}\""))}"),
                MaxTokens = 64,
            },
        };
    }

    /// <summary>Runs until the chooser says that the task is done, or the rounds are used up.</summary>
    /// <param name="task">What is to be done.</param>
    /// <param name="cancellationToken">Ends the run after the current turn.</param>
    public TeamOutcome Run(string task, CancellationToken cancellationToken = default)
    {
        List<Contribution> contributions = [];
        var remark = "";
        for (var round = 1; round <= MaxRounds; round++)
        {
            var choice = chooser.Run([Choice(task, contributions, remark)], cancellationToken).Answer.Trim();
            var (name, assignment) = Parts(choice);
            remark = "";
            if (string.Equals(name.TrimEnd('.'), Done, StringComparison.OrdinalIgnoreCase))
            {
                if (contributions.Count > 0) return Outcome(isDone: true);
                remark = "Nobody has done anything yet.";
            }
            else if (members.FirstOrDefault(one => string.Equals(one.Name, name, StringComparison.OrdinalIgnoreCase)) is { } member)
            {
                contributions.Add(Ask(member, task, assignment, contributions, cancellationToken));
            }
            else
            {
                remark = $"There is no {name}.";
            }
            if (remark.Length > 0) Trace?.Report(new ChoiceRefused("", choice, remark));
        }
        return Outcome(isDone: false);

        TeamOutcome Outcome(bool isDone) => new(contributions.LastOrDefault()?.Answer ?? "", isDone, contributions);
    }

    private static (string Name, string Assignment) Parts(string choice) =>
        choice.Split(':', 2) is [var name, var assignment] ? (name.Trim(), assignment.Trim()) : (choice, "");

    private Contribution Ask(
        TeamMember member, string task, string assignment, IReadOnlyList<Contribution> before, CancellationToken cancellationToken)
    {
        Trace?.Report(new MemberChosen("", member.Name, assignment));
        var text = Said(before) + (assignment.Length > 0 ? $"Task: {task}\n{assignment}" : task);
        var answer = member.Agent.Run([new ChatMessage("user", text)], cancellationToken).Answer;
        Trace?.Report(new MemberAnswered(member.Name, answer));
        return new Contribution(member.Name, assignment, answer);
    }

    private ChatMessage Choice(string task, IReadOnlyList<Contribution> contributions, string remark) => new(
        "user",
        $"Task: {task}\n{string.Concat(members.Select(member => $"{member.Name}: {member.Role}\n"))}{Said(contributions)}" +
        $"{(remark.Length > 0 ? remark + "\n" : "")}Who is next? Answer with a name, a colon and what to do, or with \"{Done}\".");

    private static string Said(IReadOnlyList<Contribution> contributions) => contributions.Count == 0 ? ""
        : $"So far:\n{string.Concat(contributions.Select(said => $"{said.Member} says: {said.Answer}\n"))}";
}

/// <summary>An agent of a team.</summary>
/// <param name="Name">What the chooser calls it.</param>
/// <param name="Role">What it is good at, in a few words; the chooser reads this.</param>
/// <param name="Agent">With its own instructions and tools.</param>
public sealed record TeamMember(string Name, string Role, IAgent Agent);

/// <summary>What a member of a team did.</summary>
/// <param name="Member">Who.</param>
/// <param name="Assignment">What the chooser asked for; empty where it named only the member.</param>
/// <param name="Answer">What the member answered.</param>
public sealed record Contribution(string Member, string Assignment, string Answer);

/// <summary>What a team made of a task.</summary>
/// <param name="Answer">The last member's; empty if nobody was asked.</param>
/// <param name="IsDone">Whether the chooser said so.</param>
/// <param name="Contributions">In order.</param>
public sealed record TeamOutcome(string Answer, bool IsDone, IReadOnlyList<Contribution> Contributions);
