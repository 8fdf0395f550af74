using LlmRabbitHoles.Agents.Planning;
using LlmRabbitHoles.Agents.Tracing;
using LlmRabbitHoles.Alice;

namespace LlmRabbitHoles.Agents.Tests;

public class PlanLoopTests
{
    [Fact]
    public void APlanIsMadeDoneAndChecked()
    {
        var planner = new ScriptedAgent("Here is it:\n1. price of jug\n2) 1.5 times that.\nThat is all.");
        var worker = new ScriptedAgent("12", "18", "It costs 18.");
        var checker = new ScriptedAgent("Yes, it is.");
        var trace = new AgentTrace();

        var outcome = new PlanLoop(planner, worker, checker) { Trace = trace }.Run("What do 1.5 jugs cost?");

        Assert.True(outcome.IsSolved);
        Assert.Equal("It costs 18.", outcome.Answer);
        Assert.Equal(["price of jug", "1.5 times that"], Assert.Single(outcome.Attempts).Steps);
        Assert.Equal(
            "Write a plan for the task below: numbered steps, one a line, nothing else.\nTask: What do 1.5 jugs cost?",
            Assert.Single(planner.Asked));
        Assert.Equal(
            [
                "Task: What do 1.5 jugs cost?\nDo only this step: price of jug",
                "Task: What do 1.5 jugs cost?\nDone so far:\n1. price of jug: 12\nDo only this step: 1.5 times that",
                "Task: What do 1.5 jugs cost?\nDone so far:\n1. price of jug: 12\n2. 1.5 times that: 18\n" +
                    "Answer the task from these results.",
            ], worker.Asked);
        Assert.EndsWith("\nAnswer: It costs 18.\nIs the task solved? Answer \"yes\", or \"no\" and what is wrong.", checker.Asked[0],
            StringComparison.Ordinal);
        Assert.Equal(
            """
            1. plan 1: price of jug; 1.5 times that
            2. step 1, price of jug: 12
            3. step 2, 1.5 times that: 18
            4. good: It costs 18.
            """.ReplaceLineEndings("\n"), trace.ToString());
    }

    [Fact]
    public void ARefusedAnswerIsPlannedAnewWithWhatWasWrong()
    {
        var planner = new ScriptedAgent("1. guess", "1. look it up");
        var outcome = new PlanLoop(planner, new ScriptedAgent("5", "Five.", "12", "Twelve."), new ScriptedAgent("No, 5 is wrong.", "yes"))
            .Run("What does the jug cost?");
        Assert.True(outcome.IsSolved);
        Assert.Equal("Twelve.", outcome.Answer);
        Assert.Equal(["No, 5 is wrong.", null], outcome.Attempts.Select(attempt => attempt.Problem));
        Assert.EndsWith(
            "The last plan was: guess. It failed: No, 5 is wrong. Write a better one.", planner.Asked[1], StringComparison.Ordinal);
    }

    [Fact]
    public void PlansAndStepsAreBounded()
    {
        var planner = new ScriptedAgent("I do not know.", "1. a 2. b 3. c", "1. a");
        var trace = new AgentTrace();
        var loop = new PlanLoop(planner, new ScriptedAgent("x", "y"), new ScriptedAgent("no")) { MaxSteps = 2, Trace = trace };
        var outcome = loop.Run("Do it.");
        Assert.False(outcome.IsSolved);
        Assert.Equal(
            ["The plan has 0 steps; it must have 1 to 2.", "The plan has 3 steps; it must have 1 to 2.", "no"],
            outcome.Attempts.Select(attempt => attempt.Problem));
        Assert.Equal(7, trace.Steps.Count);    // three plans, three checks, one step
    }

    [Fact]
    public void BracesThatAModelWritesAreNotFilledIn()
    {
        var worker = new ScriptedAgent("{step} {answer}", "done");
        new PlanLoop(new ScriptedAgent("1. write {task}"), worker, new ScriptedAgent("yes")).Run("T");
        Assert.Equal("Task: T\nDo only this step: write {task}", worker.Asked[0]);
        Assert.Contains("1. write {task}: {step} {answer}\n", worker.Asked[1], StringComparison.Ordinal);
    }

    [Fact]
    public void CancellingEndsThePlan()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.Throws<OperationCanceledException>(
            () => new PlanLoop(new ScriptedAgent("1. a"), new ScriptedAgent("x"), new ScriptedAgent("yes")).Run("T", cancelled.Token));
    }

    [Fact]
    public void AliceMakesThePlanAndDoesItsSteps()
    {
        // Her plan stands in her thought, as she learned: look up, look up, calculate.
        var planner = new AgentLoop(AliceModel.Shared, AliceTools.All) { Name = "alice", MaxToolTurns = 0 };
        var worker = new AgentLoop(AliceModel.Shared, AliceTools.All) { Name = "alice" };
        var loop = new PlanLoop(planner, worker, new ScriptedAgent("yes"))
        {
            PlanRequest = "{task}", StepRequest = "What is the {step}?", AnswerRequest = "{task}",
        };

        var outcome = loop.Run("How much do 3 teapots and 2 lamps cost together?");

        var attempt = Assert.Single(outcome.Attempts);
        Assert.Equal(["price of teapot", "price of lamp", "calculate"], attempt.Steps);
        Assert.Contains("36", attempt.Results[0], StringComparison.Ordinal);
        Assert.Contains("18", attempt.Results[1], StringComparison.Ordinal);
        Assert.Contains("144", outcome.Answer, StringComparison.Ordinal);    // 3 * 36 + 2 * 18
    }
}
