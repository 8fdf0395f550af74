using LlmRabbitHoles.Checkpoints;
using LlmRabbitHoles.Training;

namespace LlmRabbitHoles.Alice;

/// <summary>The file that a resumed run continues from: the float32 weights, the optimizer's means, and which run they belong to.</summary>
/// <param name="folder">The checkpoint's.</param>
/// <param name="phase">What is trained.</param>
/// <param name="seed">The seed of the run.</param>
internal sealed class TrainingState(string folder, TrainingPhase phase, int seed)
{
    /// <summary>Its name in the checkpoint's folder.</summary>
    public const string FileName = "training.state";

    private const string StepName = "step";
    private const string PhaseName = "phase";
    private const string SeedName = "seed";
    private const string DtypeName = "product_dtype";

    private string FilePath => Path.Combine(folder, FileName);

    /// <summary>Checks, before any work is done, that there is something to resume, or nothing that would be lost.</summary>
    public void Check(bool resume)
    {
        if (resume && !File.Exists(FilePath))
            throw new CheckpointException(
                $"There is no '{FilePath}' to resume from. Leave out --resume to start from the beginning, or check --out.");
        if (!resume && File.Exists(FilePath))
            throw new CheckpointException($"'{folder}' holds a training run, which would be lost. " +
                "Add --resume to continue it, name another --out, or delete the folder.");
    }

    /// <summary>Written aside and renamed.</summary>
    public void Save(Trainer trainer)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var run = new[] { (StepName, trainer.Step), (PhaseName, (int)phase), (SeedName, seed), (DtypeName, (int)trainer.ProductDtype) };
        SafetensorsWriter.Write(FilePath,
            [
                .. trainer.State.Select(s => TensorToStore.From(s.Name, s.Value)),
                .. run.Select(r => TensorToStore.From(r.Item1, tensor(new long[] { r.Item2 })))
            ]);
    }

    /// <summary>Puts a trainer where the saved one was.</summary>
    public void Restore(Trainer trainer)
    {
        using var scope = NewDisposeScope();
        using var file = SafetensorsFile.Open(FilePath);
        var (was, wasSeed) = ((TrainingPhase)Number(file, PhaseName), Number(file, SeedName));
        if (was != phase || wasSeed != seed)
            throw new CheckpointException($"'{FilePath}' belongs to a run of phase {was} with seed {wasSeed}, not {phase} with seed " +
                $"{seed}. Resume with that phase and seed, or name another --out.");
        if (file.Contains(DtypeName) && (ScalarType)Number(file, DtypeName) is var dtype && dtype != trainer.ProductDtype)
            throw new CheckpointException($"'{FilePath}' belongs to a run whose products are in {dtype}, and this machine's are in " +
                $"{trainer.ProductDtype}: it would become another run. Resume it on a machine like the first, or start from the " +
                "beginning.");
        foreach (var (name, value) in trainer.State)
        {
            if (!file.Contains(name) || !file[name].Shape.SequenceEqual(value.shape))
                throw new CheckpointException($"'{FilePath}' holds no '{name}' of [{string.Join(", ", value.shape)}]: " +
                    "it belongs to a run with another recipe. Start from the beginning, or resume with that recipe.");
        }
        trainer.Restore((int)Number(file, StepName), name => file.Read(name));
    }

    private static long Number(SafetensorsFile file, string name) => file.Contains(name) ? file.Read(name).ToInt64() : 0;
}
