using LlmRabbitHoles.Agents.Planning;
using LlmRabbitHoles.Agents.Tracing;
using LlmRabbitHoles.Alice;

namespace LlmRabbitHoles.Agents.Tests;

public class CoordinatorTests
{
    [Fact]
    public void MembersAreAskedAsTheChooserSays()
    {
        var chooser = new ScriptedAgent("clerk: find the price", "Teller: add them", "done.");
        var (clerk, teller) = (new ScriptedAgent("12"), new ScriptedAgent("24"));
        TeamMember[] team = [new("clerk", "looks things up", clerk), new("teller", "calculates", teller)];
        var trace = new AgentTrace();

        var outcome = new Coordinator(chooser, team) { Trace = trace }.Run("What do two jugs cost?");

        Assert.True(outcome.IsDone);
        Assert.Equal("24", outcome.Answer);
        Assert.Equal([new("clerk", "find the price", "12"), new("teller", "add them", "24")], outcome.Contributions);
        Assert.Equal("Task: What do two jugs cost?\nfind the price", Assert.Single(clerk.Asked));
        Assert.Equal("So far:\nclerk says: 12\nTask: What do two jugs cost?\nadd them", Assert.Single(teller.Asked));
        Assert.Equal(
            "Task: What do two jugs cost?\nclerk: looks things up\nteller: calculates\nSo far:\nclerk says: 12\n" +
            "Who is next? Answer with a name, a colon and what to do, or with \"done\".", chooser.Asked[1]);
        Assert.Equal(
            """
            1. next is clerk: find the price
            2. clerk: answers "12"
            3. next is teller: add them
            4. teller: answers "24"
            """.ReplaceLineEndings("\n"), trace.ToString());
    }

    [Fact]
    public void AChoiceThatCannotBeFollowedIsToldToTheChooser()
    {
        var chooser = new ScriptedAgent("done", "cook", "clerk", "done");
        var trace = new AgentTrace();
        var outcome = new Coordinator(chooser, [new("clerk", "looks things up", new ScriptedAgent("12"))]) { Trace = trace }.Run("T");
        Assert.True(outcome.IsDone);
        Assert.Contains("Nobody has done anything yet.\nWho is next?", chooser.Asked[1], StringComparison.Ordinal);
        Assert.Contains("There is no cook.\nWho is next?", chooser.Asked[2], StringComparison.Ordinal);
        Assert.Equal("cannot follow \"cook\": There is no cook.", trace.Steps[1].ToString());
    }

    [Fact]
    public void RoundsAreBounded()
    {
        var chooser = new ScriptedAgent("clerk", "clerk", "clerk");
        var clerk = new ScriptedAgent("1", "2", "3");
        var outcome = new Coordinator(chooser, [new("clerk", "looks things up", clerk)]) { MaxRounds = 3 }.Run("T");
        Assert.False(outcome.IsDone);
        Assert.Equal(("3", 3), (outcome.Answer, outcome.Contributions.Count));
    }

    [Fact]
    public void TwoAlicesWithToolsOfTheirOwnShareATask()
    {
        var trace = new AgentTrace();
        TeamMember[] team =
        [
            new("clerk", "looks up prices", new AgentLoop(AliceModel.Shared, new([new Lookup()])) { Name = "clerk", Trace = trace }),
            new("shouter", "repeats in capital letters",
                new AgentLoop(AliceModel.Shared, Toolbox.Empty) { Name = "shouter", Instructions = "Answer in capital letters." }),
        ];
        var outcome = new Coordinator(new ScriptedAgent("clerk", "shouter", "done"), team).Run("How much does the teapot cost?");
        Assert.Contains("36", outcome.Contributions[0].Answer, StringComparison.Ordinal);
        Assert.Contains("clerk: lookup(teapot, price) = 36", trace.ToString(), StringComparison.Ordinal);
        Assert.Equal(outcome.Answer.ToUpperInvariant(), outcome.Answer);
    }

    [Fact]
    public void AChooserBoundToNamesAnswersWithOneOfThem()
    {
        TeamMember[] team = [new("clerk", "looks up prices", new ScriptedAgent()), new("teller", "calculates", new ScriptedAgent())];
        // Unbound, Alice answers something else.
        var answer = Coordinator.ChooserOf(AliceModel.Shared, team).Run([new("user", "Who is next?")]).Answer;
        Assert.Contains(answer, new[] { "clerk", "teller", "done" });
        Assert.DoesNotContain(
            new AgentLoop(AliceModel.Shared, Toolbox.Empty).Run([new("user", "Who is next?")]).Answer, new[] { "clerk", "teller", "done" });
    }
}
