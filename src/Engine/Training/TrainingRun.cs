using LlmRabbitHoles.Checkpoints;
using LlmRabbitHoles.Model;
using LlmRabbitHoles.Tokenization;

namespace LlmRabbitHoles.Training;

/// <summary>From a corpus to a checkpoint folder that any tool can load, resumable at any point.</summary>
/// <remarks>The folder holds the model as it is now, and <c>training.state</c>: float32 weights and the optimizer's means, in
/// safetensors. Both are written aside and renamed, so a run that is killed loses at most the steps since the last checkpoint.</remarks>
public sealed class TrainingRun
{
    /// <summary>The file that a resumed run goes on from.</summary>
    public const string StateFile = "training.state";

    private const string StepName = "step";

    private readonly string _folder;
    private readonly AliceRecipe _recipe;
    private readonly ByteLevelBpe _tokenizer;

    private TrainingRun(string folder, AliceRecipe recipe, ByteLevelBpe tokenizer)
    {
        (_folder, _recipe, _tokenizer) = (folder, recipe, tokenizer);
    }

    private string StatePath => Path.Combine(_folder, StateFile);

    /// <summary>Trains until all steps are made or the caller cancels.</summary>
    /// <param name="folder">Where the checkpoint goes; made if it is not there.</param>
    /// <param name="recipe">What to train and for how long.</param>
    /// <param name="corpus">What to learn from.</param>
    /// <param name="resume">Whether to go on where the run in that folder stopped.</param>
    /// <param name="device">Where to compute.</param>
    /// <param name="say">Told, in a sentence, what is being done before the steps begin.</param>
    /// <param name="progress">Told after each step.</param>
    /// <param name="cancellationToken">Ends the run after the current step, with a checkpoint.</param>
    /// <exception cref="CheckpointException">There is nothing to resume, or it belongs to another recipe.</exception>
    public static void Start(
        string folder, AliceRecipe recipe, Corpus corpus, bool resume, Device device,
        Action<string>? say = null, IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(corpus);
        Directory.CreateDirectory(folder);
        say?.Invoke($"Learning a vocabulary of {recipe.VocabularySize:N0} tokens.");
        var tokenizer = BpeTrainer.Train(corpus.Train.Select(d => d.Text), recipe.Tokenizer, progress: null, cancellationToken);
        say?.Invoke($"Encoding {corpus.Train.Count:N0} texts.");
        var encoder = new ExampleEncoder(tokenizer);
        Example[] Encode(IReadOnlyList<Document> texts) => [.. texts.AsParallel().AsOrdered().Select(encoder.Encode)];
        new TrainingRun(folder, recipe, tokenizer)
            .Run(Encode(corpus.Train), Encode(corpus.Validation), resume, device, say, progress, cancellationToken);
    }

    private void Run(
        Example[] train, Example[] validation, bool resume, Device device,
        Action<string>? say, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        using var decoder = NewDecoder(device);
        using var trainer = new Trainer(decoder, train, validation, _recipe.Training);
        if (resume) Restore(trainer);
        var tokens = train.Sum(e => (long)e.Tokens.Length);
        say?.Invoke($"Training {decoder.parameters().Sum(p => p.numel()):N0} parameters on {tokens:N0} tokens, from step {trainer.Step:N0} to {_recipe.Training.Steps:N0}.");
        trainer.Run(progress, Save, cancellationToken);
        void Save(Trainer state)
        {
            SaveState(state);
            SaveModel(decoder);
        }
    }

    private Decoder NewDecoder(Device device)
    {
        using var weights = new InitialWeights(_recipe.Layers, _recipe.Training.Seed);
        using var noGradients = no_grad();
        var decoder = new Decoder(_recipe.Config, weights, new Bfloat16Compute(), device);
        return device.type == DeviceType.CPU ? decoder : decoder.to(device);
    }

    private void SaveState(Trainer trainer)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var state = trainer.State.Select(s => TensorToStore.From(s.Name, s.Value));
        SafetensorsWriter.Write(StatePath, state.Append(TensorToStore.From(StepName, tensor(new long[] { trainer.Step }))));
    }

    private void SaveModel(Decoder decoder)
    {
        using var noGradients = no_grad();
        var weights = decoder.named_parameters().ToDictionary(p => p.name, p => (Tensor)p.parameter, StringComparer.Ordinal);
        Checkpoint.Save(_folder, decoder.Config, weights, _tokenizer, ChatTemplate.Alice, AliceFormat.Defaults);
    }

    private void Restore(Trainer trainer)
    {
        if (!File.Exists(StatePath))
            throw new CheckpointException($"There is no '{StatePath}' to resume from. Leave out --resume to start anew, or check --out.");
        using var scope = NewDisposeScope();
        using var file = SafetensorsFile.Open(StatePath);
        var step = (int)file.Read(StepName).ToInt64();
        foreach (var (name, value) in trainer.State)
        {
            if (!file.Contains(name) || !file[name].Shape.SequenceEqual(value.shape))
                throw new CheckpointException($"'{StatePath}' holds no '{name}' of [{string.Join(", ", value.shape)}]: it belongs to a run with another recipe. Start anew, or resume with that recipe.");
        }
        trainer.Restore(step, name => file.Read(name));
    }
}
