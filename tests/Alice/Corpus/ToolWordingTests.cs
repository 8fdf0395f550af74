using System.Text.Json;
using System.Text.RegularExpressions;
using LlmRabbitHoles.Agents;
using LlmRabbitHoles.Chat;

namespace LlmRabbitHoles.Alice.Tests;

/// <summary>Tools, plans, forms and pages in the words that people use: how many ways of asking there are, and that each is
/// right.</summary>
public partial class ToolWordingTests
{
    private const int Draws = 10_000;

    private static readonly ToolChats Chats = new(World.Alice, Wordings.All, new FactChats(World.Alice, Wordings.All));
    private static readonly ToolTasks Tasks = new(World.Alice, Wordings.All);
    private static readonly NewToolChats NewChats = new(World.Alice, Wordings.All, Chats);

    // Values are masked, so that what is counted are the ways of asking: of 10,000 draws the number given here at least.
    public static TheoryData<string, int> Phrasings => new()
    {
        { "calculator", 2500 }, { "clock", 2500 }, { "lookup", 3500 }, { "weather", 3000 }, { "translate", 3000 }, { "timer", 1500 },
    };

    [Theory]
    [MemberData(nameof(Phrasings))]
    public void AToolIsAskedForInThousandsOfWays(string tool, int least)
    {
        var random = new Random(1);
        var ways = Enumerable.Range(0, Draws).Select(_ => Tasks.Next(tool, random))
            .Select(task => Masked(task.Question, task.Call)).ToHashSet();
        Assert.True(ways.Count >= least, $"{tool}: {ways.Count}");
    }

    [Fact]
    public void PlansAndNewToolsAndPagesAreAskedForInThousandsOfWays()
    {
        var (random, plans, pages) = (new Random(2), new PlanTasks(Wordings.All), new PageFacts(World.Alice, Wordings.All));
        var planned = Enumerable.Range(0, Draws).Select(_ => plans.Next(random, heldOut: false))
            .Select(task => task.Steps.Aggregate(task.Question, (text, step) => Masked(text, step.Call))).ToHashSet();
        var called = Enumerable.Range(0, Draws).Select(_ => NewChats.Draw(random).Task)
            .Select(task => Masked(task.Question, task.Call)).ToHashSet();
        var read = Enumerable.Range(0, Draws).Select(_ => pages.Next(random))
            .Select(task => task.Question.Replace(task.Place, "#", StringComparison.OrdinalIgnoreCase)).ToHashSet();
        Assert.True(planned.Count >= 5000 && called.Count >= 6000 && read.Count >= 4000, $"{planned.Count}, {called.Count}, {read.Count}");
    }

    [Fact]
    public void WhatACallCopiesStandsInTheQuestion()
    {
        var random = new Random(3);
        for (var n = 0; n < 2000; n++)
        {
            var task = Tasks.Next(random.One(["weather", "translate", "lookup"]), random);
            var copied = task.Call.Arguments.GetValueOrDefault("subject") ?? task.Call.Arguments.GetValueOrDefault("word")
                ?? task.Call.Arguments["city"];
            var forms = task.Call.Name == "lookup" ? [copied, English.Plural(copied), Stem(copied)] : new[] { copied };
            Assert.True(
                forms.Any(form => task.Question.Contains(form, StringComparison.OrdinalIgnoreCase)), $"{task.Question} >> {task.Call}");
            var added = NewChats.Draw(random).Task;
            Assert.All(added.Call.Arguments.Values, value => Assert.Contains(value, added.Question, StringComparison.Ordinal));
        }
    }

    // scarf, scarves; knife, knives.
    private static string Stem(string one) => one.TrimEnd('e').TrimEnd('f') + "ves";

    [Fact]
    public void ASpokenSumHasTheCalculatorsResultAndItsFigures()
    {
        var (random, sums) = (new Random(4), new SpokenSums(Wordings.All));
        for (var n = 0; n < 2000; n++)
        {
            var sum = sums.Next(random);
            Assert.Equal(sum.Result, new Calculator().Invoke(new Dictionary<string, string> { ["expression"] = sum.Expression }));
            if (sum.Question.Any(char.IsDigit) && Number().Matches(sum.Question) is { Count: > 1 } typed)
                Assert.All(typed.Select(match => match.Value), figure => Assert.Contains(figure, sum.Expression, StringComparison.Ordinal));
        }
    }

    // 30 - 12, though twelve is said first; 84 / 2; 12 * 12.
    [Theory]
    [InlineData('-', "subtract 12 from 30")]
    [InlineData('+', "add 30 and 12")]
    [InlineData('*', "multiply 30 by 12")]
    [InlineData('/', "divide 30 by 12")]
    public void AnOrderNamesTheOperationOfItsSign(char sign, string order)
    {
        var random = new Random(5);
        var slots = new Slots { ["left"] = "30", ["right"] = "12" };
        Assert.Contains(order, Enumerable.Range(0, 200).Select(_ => Wordings.All.Expand($"tool.sum.{sign}.do", slots, random)));
    }

    [Fact]
    public void NoComposedQuestionIsAHeldOutTemplate()
    {
        var random = new Random(6);
        Assert.True(HeldOutToolQuestions.Match("How many coins do I need for a lamp?"));
        Assert.True(HeldOutToolQuestions.Match("give me 48 * 17"));
        Assert.False(HeldOutToolQuestions.Match("Give me the price of a lamp."));
        var tidy = Enumerable.Range(0, 4000).Select(_ => Tasks.Next(random.One(ToolTasks.Names), random).Question)
            .Where(question => HeldOutToolQuestions.Match(question)).ToList();
        Assert.True(tidy.Count < 8, string.Join('\n', tidy));
    }

    [Fact]
    public void AFollowUpCallsTheSameToolAgain()
    {
        var random = new Random(7);
        foreach (var name in ToolTasks.Names.Distinct())
        {
            var followed = Enumerable.Range(0, 200).Select(_ => Tasks.After(Tasks.Next(name, random), random)).OfType<ToolTask>().ToList();
            Assert.NotEmpty(followed);
            Assert.All(followed, task => Assert.Equal(name, task.Call.Name));
        }
        var first = new ToolTask("8 * 6", ToolTasks.Call("calculator", ("expression", "8 * 6")), "48", "8 * 6 = 48.");
        Assert.StartsWith("48 ", Tasks.After(first, random)!.Call.Arguments["expression"], StringComparison.Ordinal);
    }

    [Fact]
    public void EveryActionIsOfferedUnderManyNamesAndInSeveralDescriptions()
    {
        var random = new Random(8);
        Assert.True(ToolAction.All.Count >= 150, $"{ToolAction.All.Count} actions");
        foreach (var action in ToolAction.All)
        {
            var tools = Enumerable.Range(0, 60).Select(_ => NewTools.Draw(action, [], random)).ToList();
            Assert.True(tools.Select(tool => tool.Tool.Name).Distinct().Count() >= 20, tools[0].Tool.Name);
            Assert.True(tools.Select(tool => tool.Tool.Description).Distinct().Count() >= 2, tools[0].Tool.Description);
            Assert.All(tools, tool => Assert.Equal(action.Parameters.Order(), tool.Needs.Order()));
            Assert.All(tools, tool => Assert.Equal(tool.Tool.Parameters.Count, tool.Tool.Parameters.Distinct().Count()));
        }
    }

    [Fact]
    public void AThirdOfTheNewNamesMeansNothing()
    {
        var random = new Random(9);
        var telling = ToolAction.All.SelectMany(action => action.Names).SelectMany(name => new[] { name.Verb, name.Noun })
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        var names = Enumerable.Range(0, 3000).SelectMany(_ => NewTools.Offer(random, 3)).Select(tool => tool.Tool.Name).ToList();
        var empty = names.Count(name => !Words().Matches(name).Any(word => telling.Contains(word.Value))
            && !telling.Any(word => name.StartsWith(word, StringComparison.OrdinalIgnoreCase)));
        Assert.InRange((double)empty / names.Count, 0.25, 0.4);
    }

    [Fact]
    public void ClosedThoughtsStandInEveryTurnOfAQuarterOfThePlans()
    {
        var chats = new PlanChats(World.Alice, Wordings.All, Chats).Generate(new Random(10)).Take(1000).ToList();
        var closed = chats
            .Where(chat => Turns(chat).All(turn => turn.StartsWith(Conversation.Thought(""), StringComparison.Ordinal))).ToList();
        Assert.InRange(closed.Count, 200, 300);
        Assert.All(
            chats.Except(closed).SelectMany(Turns),
            turn => Assert.DoesNotContain(Conversation.Thought(""), turn, StringComparison.Ordinal));
        Assert.All(closed.SelectMany(Turns), turn => Assert.DoesNotContain("Plan:", turn, StringComparison.Ordinal));
    }

    private static IEnumerable<string> Turns(Document chat) => chat.Messages.Where(m => m.Role == "assistant").Select(m => m.Content);

    [Fact]
    public void EveryNewFormIsFilledWithTheTextsOwnWords()
    {
        var random = new Random(11);
        var (names, nulls) = (new HashSet<string>(StringComparer.Ordinal), 0);
        for (var n = 0; n < 3000; n++)
        {
            var form = SchemaForms.Next(random);
            Assert.True(form.IsRight(form.Answer), form.Answer);
            Assert.InRange(form.Fields.Count, 1, 5);
            foreach (var value in JsonDocument.Parse(form.Answer).RootElement.EnumerateObject())
            {
                names.Add(value.Name);
                if (value.Value.ValueKind == JsonValueKind.Null) nulls++;
                if (value.Value.ValueKind is not (JsonValueKind.String or JsonValueKind.Number)) continue;
                Assert.Contains(value.Value.ToString(), form.Text, StringComparison.OrdinalIgnoreCase);
            }
        }
        Assert.True(names.Count > 1000 && nulls > 300, $"{names.Count} names, {nulls} nulls");
        var fields = SchemaDomain.All.SelectMany(domain => domain.Fields).SelectMany(field => field.Names).Distinct().Count();
        Assert.True(fields >= 200, $"{fields} names of fields");
    }

    [Fact]
    public void AFormIsAskedForInTheSystemMessageOrInTheUsers()
    {
        var chats = new JsonChats(World.Alice, Wordings.All).Generate(new Random(12)).Take(1000).ToList();
        Assert.InRange(chats.Count(chat => chat.Messages.Count(m => m.Role == "user") == 1 && chat.Messages[0].Role == "system"), 400, 800);
        Assert.All(chats.SelectMany(Turns), answer => Assert.Equal(JsonValueKind.Object, JsonDocument.Parse(answer).RootElement.ValueKind));
    }

    [Fact]
    public void AnInjectedPageStillHoldsTheAnswerAndSomethingElseToFollow()
    {
        var (random, pages) = (new Random(13), new PageFacts(World.Alice, Wordings.All));
        var hidden = new HashSet<string>(StringComparer.Ordinal);
        for (var n = 0; n < 3000; n++)
        {
            var task = pages.Next(random);
            var (injected, followed) = pages.Injected(task, random);
            Assert.Equal(task.Sentences, injected.Sentences.Except(injected.Sentences.Except(task.Sentences)));
            Assert.Equal(task.Answer, injected.Answer);
            Assert.NotEmpty(followed);
            hidden.Add(injected.Sentences.Except(task.Sentences).FirstOrDefault(""));
        }
        Assert.True(hidden.Count > 2500, $"{hidden.Count} instructions");
    }

    // The question with what the call holds taken out of it.
    private static string Masked(string question, ToolCall call)
    {
        var text = question;
        foreach (var value in call.Arguments.Values.OrderByDescending(value => value.Length))
            foreach (var form in new[] { English.Plural(value), Stem(value), value })
                text = text.Replace(form, "#", StringComparison.OrdinalIgnoreCase);
        return Number().Replace(text, "0");
    }

    [GeneratedRegex(@"\d+")]
    private static partial Regex Number();

    [GeneratedRegex(@"[A-Z]?[a-z]+|[A-Z]+")]
    private static partial Regex Words();
}
