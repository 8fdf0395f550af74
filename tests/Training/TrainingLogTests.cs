using System.Text;
using LlmRabbitHoles.Checkpoints;
using LlmRabbitHoles.Tests;

namespace LlmRabbitHoles.Training.Tests;

public sealed class TrainingLogTests : IDisposable
{
    private const int Mutations = 1500;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ErrorsInDamagedLogsNameTheFile()
    {
        var original = Encoding.UTF8.GetBytes("""
            {"step": 1, "loss": 4.5, "validation_loss": 4.6, "learning_rate": 0.001, "tokens_per_second": 100}
            {"step": 2, "loss": 4.1, "learning_rate": 0.001, "tokens_per_second": 101}
            """);
        var mutator = new JsonMutator(seed: 5);
        for (var i = 0; i < Mutations; i++)
        {
            _folder.Write(TrainingLog.FileName, mutator.Damage(original));
            var error = Record.Exception(() => TrainingLog.Read(_folder.Path));
            if (error is null) continue;
            Assert.True(error is CheckpointException, error.ToString());
            Assert.Contains(TrainingLog.FileName, error.Message, StringComparison.Ordinal);
            Assert.InRange(error.Message.Length, 20, 4_000);
        }
    }
}
