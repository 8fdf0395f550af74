namespace LlmRabbitHoles.Agents.Tracing;

/// <summary>A plan was made.</summary>
/// <param name="Agent">Who made it.</param>
/// <param name="Number">From 1; more after a plan that failed.</param>
/// <param name="Steps">In order; none where the planner wrote no numbered steps.</param>
public sealed record PlanMade(string Agent, int Number, IReadOnlyList<string> Steps) : AgentStep(Agent)
{
    /// <inheritdoc/>
    public override string Line => $"plan {Number}: {(Steps.Count == 0 ? "no steps" : OneLine(string.Join("; ", Steps)))}";
}

/// <summary>A step of a plan was done.</summary>
/// <param name="Agent">Who did it.</param>
/// <param name="Number">From 1.</param>
/// <param name="Step">What was to be done.</param>
/// <param name="Result">What came of it.</param>
public sealed record StepDone(string Agent, int Number, string Step, string Result) : AgentStep(Agent)
{
    /// <inheritdoc/>
    public override string Line => $"step {Number}, {OneLine(Step)}: {OneLine(Result)}";
}

/// <summary>The outcome of a plan was checked.</summary>
/// <param name="Agent">Who checked it.</param>
/// <param name="Answer">What was checked; empty where the plan did not come to an answer.</param>
/// <param name="Problem">What is wrong; null where it was found good.</param>
public sealed record PlanChecked(string Agent, string Answer, string? Problem) : AgentStep(Agent)
{
    /// <inheritdoc/>
    public override string Line => Problem is null ? $"good: {OneLine(Answer)}" : $"not good: {OneLine(Problem)}";
}

/// <summary>A member of a team was chosen.</summary>
/// <param name="Agent">Who chose.</param>
/// <param name="Member">Who was chosen.</param>
/// <param name="Assignment">What it is to do; empty: the task.</param>
public sealed record MemberChosen(string Agent, string Member, string Assignment) : AgentStep(Agent)
{
    /// <inheritdoc/>
    public override string Line => $"next is {Member}{(Assignment.Length > 0 ? $": {OneLine(Assignment)}" : "")}";
}

/// <summary>A member of a team answered.</summary>
/// <param name="Agent">Who answered.</param>
/// <param name="Answer">What it said.</param>
public sealed record MemberAnswered(string Agent, string Answer) : AgentStep(Agent)
{
    /// <inheritdoc/>
    public override string Line => $"answers \"{OneLine(Answer)}\"";
}

/// <summary>A choice could not be followed.</summary>
/// <param name="Agent">Who chose.</param>
/// <param name="Choice">As it was written.</param>
/// <param name="Remark">What is wrong; the chooser reads it.</param>
public sealed record ChoiceRefused(string Agent, string Choice, string Remark) : AgentStep(Agent)
{
    /// <inheritdoc/>
    public override string Line => $"cannot follow \"{OneLine(Choice)}\": {Remark}";
}
