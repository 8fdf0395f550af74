using LlmRabbitHoles.Agents;
using LlmRabbitHoles.Alice.Abilities;
using LlmRabbitHoles.Chat;
using LlmRabbitHoles.Generation;

namespace LlmRabbitHoles.Alice.Tests;

public class CaseRunnerTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void OutcomesStandInTheOrderOfTheCasesWhateverTheThreads(int threads)
    {
        var cases = Enumerable.Range(0, 50).Select(n => Case($"{n}", said => said.Answer == $"{n * n}")).ToList();
        var outcomes = new CaseRunner(
            () => new Script(asked => asked == "13" ? "unlucky" : $"{int.Parse(asked) * int.Parse(asked)}"), threads).Run(cases);
        Assert.Equal(cases, outcomes.Select(outcome => outcome.Case));
        Assert.Equal(["13"], outcomes.Where(outcome => !outcome.IsRight).Select(outcome => outcome.Case.Messages[0].Content));
    }

    [Fact]
    public void ACaseThatDoesNotFitIsWrongAndSaysWhy()
    {
        var outcome = new CaseRunner(() => new Script(_ => throw new PromptException("The prompt is too long.")))
            .Run([Case("x", _ => true)])[0];
        Assert.False(outcome.IsRight);
        Assert.Equal("The prompt is too long.", outcome.Problem);
    }

    [Fact]
    public void AFailureOfTheAnswererEndsTheRun()
    {
        var cases = Enumerable.Range(0, 50).Select(n => Case($"{n}", _ => true)).ToList();
        var runner = new CaseRunner(() => new Script(asked => asked == "20" ? throw new InvalidOperationException("broken") : asked));
        Assert.Equal("broken", Assert.Throws<InvalidOperationException>(() => runner.Run(cases)).Message);
    }

    [Fact]
    public void ACancelledRunEnds()
    {
        using var source = new CancellationTokenSource();
        var runner = new CaseRunner(() => new Script(asked =>
        {
            source.Cancel();
            return asked;
        }));
        Assert.Throws<OperationCanceledException>(
            () => runner.Run([Case("x", _ => true), Case("y", _ => true), Case("z", _ => true)], null, source.Token));
    }

    [Fact]
    public void ProgressEndsAtOne()
    {
        var seen = new List<double>();
        new CaseRunner(() => new Script(asked => asked), threads: 1).Run([Case("x", _ => true), Case("y", _ => true)], new Heard(seen));
        Assert.Equal([0.5, 1], seen);
    }

    private static AbilityCase Case(string asked, Func<Transcript, bool> isRight) => new("any", [new ChatMessage("user", asked)], isRight);

    private sealed class Script(Func<string, string> answer) : IAnswerer
    {
        public Transcript Answer(AbilityCase test, CancellationToken cancellationToken)
        {
            var said = answer(test.Messages[^1].Content);
            return new Transcript([new ChatMessage("assistant", said)], [], 0, "", said, StopReason.EndTurn);
        }
    }

    private sealed class Heard(List<double> seen) : IProgress<double>
    {
        public void Report(double value) => seen.Add(value);
    }
}
