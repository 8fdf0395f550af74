using System.Text.RegularExpressions;
using LlmRabbitHoles.Agents.Tracing;
using LlmRabbitHoles.Chat;
using LlmRabbitHoles.Generation;

namespace LlmRabbitHoles.Agents.Planning;

/// <summary>Plans a task, does the steps one by one, checks the outcome, and plans anew where it is not good enough.</summary>
/// <remarks>Wang et al. 2023, arXiv:2305.04091 (plan and solve); replanning with what went wrong as in Shinn et al. 2023,
/// arXiv:2303.11366 (Reflexion). Never more than <see cref="MaxPlans"/> plans of <see cref="MaxSteps"/> steps.</remarks>
/// <param name="planner">Writes the numbered steps.</param>
/// <param name="worker">Does a step, and answers from the results at the end.</param>
/// <param name="checker">Says "yes", or what is wrong.</param>
public sealed partial class PlanLoop(IAgent planner, IAgent worker, IAgent checker)
{
    /// <summary>Plans at most, the first one included. Default 3.</summary>
    public int MaxPlans { get; init; } = 3;

    /// <summary>Steps of a plan at most; a longer plan is refused, and the planner told so. Default 8.</summary>
    public int MaxSteps { get; init; } = 8;

    /// <summary>What the planner is asked; <c>{task}</c> stands for the task.</summary>
    public string PlanRequest { get; init; } = "Write a plan for the task below: numbered steps, one a line, nothing else.\nTask: {task}";

    /// <summary>What the worker is asked for each step; <c>{task}</c>, <c>{step}</c> and <c>{results}</c> are filled in.</summary>
    public string StepRequest { get; init; } = "Task: {task}\n{results}Do only this step: {step}";

    /// <summary>What the worker is asked at the end; <c>{task}</c> and <c>{results}</c> are filled in.</summary>
    public string AnswerRequest { get; init; } = "Task: {task}\n{results}Answer the task from these results.";

    /// <summary>What the checker is asked; <c>{task}</c>, <c>{results}</c> and <c>{answer}</c> are filled in.</summary>
    public string CheckRequest { get; init; } =
        "Task: {task}\n{results}Answer: {answer}\nIs the task solved? Answer \"yes\", or \"no\" and what is wrong.";

    /// <summary>Receives each plan, step and check. Default null: nothing is reported.</summary>
    public IProgress<AgentStep>? Trace { get; init; }

    /// <summary>Runs until an answer is found good, or all plans are used up.</summary>
    /// <param name="task">What is to be done.</param>
    /// <param name="cancellationToken">Ends the run after the current turn.</param>
    public PlanOutcome Run(string task, CancellationToken cancellationToken = default)
    {
        List<PlanAttempt> attempts = [];
        while (attempts.Count < MaxPlans)
        {
            var attempt = Try(task, attempts.LastOrDefault(), attempts.Count + 1, cancellationToken);
            attempts.Add(attempt);
            if (attempt.Problem is null) break;
        }
        return new PlanOutcome(attempts[^1].Answer, attempts[^1].Problem is null, attempts);
    }

    private PlanAttempt Try(string task, PlanAttempt? last, int number, CancellationToken cancellationToken)
    {
        var steps = StepsIn(planner.Run([Asked(PlanRequest, task, [], last: last)], cancellationToken));
        Trace?.Report(new PlanMade("", number, steps));
        if (steps.Count == 0 || steps.Count > MaxSteps)
            return Checked(new PlanAttempt(steps, [], "", $"The plan has {steps.Count} steps; it must have 1 to {MaxSteps}."));
        List<string> results = [];
        foreach (var (index, step) in steps.Index())
        {
            var done = worker.Run([Asked(StepRequest, task, Results(steps, results), step)], cancellationToken);
            results.Add(done.Answer);
            Trace?.Report(new StepDone("", index + 1, step, done.Answer));
            if (done.StopReason is not (StopReason.EndTurn or StopReason.StopSequence))
                return Checked(new PlanAttempt(steps, results, "", $"Step {index + 1} did not end: {done.StopReason.ToWireName()}."));
        }
        var known = Results(steps, results);
        var answer = worker.Run([Asked(AnswerRequest, task, known)], cancellationToken).Answer;
        var verdict = checker.Run([Asked(CheckRequest, task, known, answer: answer)], cancellationToken).Answer.Trim();
        return Checked(new PlanAttempt(steps, results, answer, Yes().IsMatch(verdict) ? null : verdict));
    }

    private PlanAttempt Checked(PlanAttempt attempt)
    {
        Trace?.Report(new PlanChecked("", attempt.Answer, attempt.Problem));
        return attempt;
    }

    private static ChatMessage Asked(
        string request, string task, IReadOnlyList<string> results, string step = "", string answer = "", PlanAttempt? last = null)
    {
        var known = string.Concat(results.Select(result => result + "\n"));
        // In one pass: what a model wrote may hold braces too.
        var text = Place().Replace(request, place => place.Value switch
        {
            "{task}" => task,
            "{results}" => known.Length > 0 ? $"Done so far:\n{known}" : "",
            "{step}" => step,
            _ => answer,
        });
        if (last is not null)
            text += $"\nThe last plan was: {string.Join("; ", last.Steps)}. It failed: {last.Problem} Write a better one.";
        return new ChatMessage("user", text);
    }

    private static IReadOnlyList<string> Results(IReadOnlyList<string> steps, IReadOnlyList<string> results) =>
        [.. results.Select((result, index) => $"{index + 1}. {steps[index]}: {result}")];

    /// <summary>The numbered steps of an answer; where it has none, those of the thought before it.</summary>
    private static IReadOnlyList<string> StepsIn(Transcript plan)
    {
        var steps = Read(plan.Answer);
        return steps.Count > 0 ? steps : Read(plan.Thought);
    }

    private static IReadOnlyList<string> Read(string plan)
    {
        var numbers = Number().Matches(plan);
        return [.. numbers.Select((number, index) =>
        {
            var begin = number.Index + number.Length;
            var end = index + 1 < numbers.Count ? numbers[index + 1].Index : plan.Length;
            return plan[begin..end].Trim().Split('\n')[0].TrimEnd('.');
        }).Where(step => step.Length > 0)];
    }

    // "1. " or "1) " at a beginning or behind a blank, so that 1.5 is not a step.
    [GeneratedRegex(@"(?<!\S)\d{1,2}[.)]\s")]
    private static partial Regex Number();

    [GeneratedRegex(@"\{(task|results|step|answer)\}")]
    private static partial Regex Place();

    [GeneratedRegex(@"^\W*yes\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Yes();
}

/// <summary>One plan and what became of it.</summary>
/// <param name="Steps">In order.</param>
/// <param name="Results">Of the steps that were done.</param>
/// <param name="Answer">From the results; empty where not all steps were done.</param>
/// <param name="Problem">What is wrong; null where the answer was found good.</param>
public sealed record PlanAttempt(IReadOnlyList<string> Steps, IReadOnlyList<string> Results, string Answer, string? Problem);

/// <summary>What became of a task.</summary>
/// <param name="Answer">Of the last plan.</param>
/// <param name="IsSolved">Whether the checker found it good.</param>
/// <param name="Attempts">All plans, in order.</param>
public sealed record PlanOutcome(string Answer, bool IsSolved, IReadOnlyList<PlanAttempt> Attempts);
