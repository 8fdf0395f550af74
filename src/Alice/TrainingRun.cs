using LlmRabbitHoles.Checkpoints;
using LlmRabbitHoles.Devices;
using LlmRabbitHoles.Model;
using LlmRabbitHoles.Tokenization;
using LlmRabbitHoles.Training;

namespace LlmRabbitHoles.Alice;

/// <summary>One phase of training, from a corpus (and mostly an earlier phase's model) to a checkpoint folder that any tool can load,
/// resumable at any point.</summary>
/// <remarks>The folder holds the model as it is now, the log of its steps, and <c>training.state</c>: float32 weights and the
/// optimizer's means, in safetensors. Files are written aside and renamed, so a run that is killed loses at most the steps since the
/// last checkpoint.</remarks>
public sealed class TrainingRun
{
    private readonly TrainingPhase _phase;
    private readonly AliceRecipe _recipe;
    private readonly TrainingState _state;
    private readonly string _folder;

    /// <summary>A run that has not begun.</summary>
    /// <param name="phase">What it makes.</param>
    /// <param name="recipe">What to train and for how long; a model that training starts from keeps its own sizes.</param>
    /// <param name="folder">Where the checkpoint goes; made if it is not there.</param>
    public TrainingRun(TrainingPhase phase, AliceRecipe recipe, string folder)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        (_phase, _recipe, _folder) = (phase, recipe, folder);
        _state = new TrainingState(folder, phase, recipe.Training.Seed);
    }

    /// <summary>The checkpoint that training starts from, or whose tokenizer it takes; needed by all phases but the first.</summary>
    public string? From { get; init; }

    /// <summary>Size of the corpus. Default 1.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>What to learn from; default: built from the recipe's seed and the scale.</summary>
    public Corpus? Corpus { get; init; }

    /// <summary>Whether to continue where the run in the folder stopped. Default false.</summary>
    public bool Resume { get; init; }

    /// <summary>Where to compute. Default the CPU.</summary>
    public Device Device { get; init; } = CPU;

    /// <summary>Trains until all steps are made or the caller cancels.</summary>
    /// <param name="say">Told, in a sentence, what is being done before the steps begin.</param>
    /// <param name="progress">Receives the state after each step.</param>
    /// <param name="cancellationToken">Ends the run after the current step, with a checkpoint.</param>
    /// <exception cref="CheckpointException">There is no model to start from, nothing to resume, or it belongs to another run.</exception>
    public TrainingResult Start(
        Action<string>? say = null, IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        say ??= _ => { };
        _state.Check(Resume);
        using var parent = _phase == TrainingPhase.Base ? null : OpenParent();
        Directory.CreateDirectory(_folder);
        var corpus = Corpus ?? BuildCorpus(say);
        var tokenizer = parent?.Tokenizer?.AsByteLevelBpe("Training") ?? Tokenizer(corpus, say, cancellationToken);
        using var decoder = NewDecoder(parent);
        using var teacher = _phase == TrainingPhase.Draft ? Parents(parent!) : null;
        var team = WorkerTeam.For(decoder, _recipe.Training);
        var objective = Objective(corpus, new ExampleEncoder(tokenizer), decoder, teacher, team, say);
        using var trainer = new Trainer(decoder, objective, _recipe.Training, team, new WordEmbedding(decoder.Embeddings, tokenizer));
        if (Resume) _state.Restore(trainer);
        var parameters = decoder.parameters().Sum(p => p.numel());
        say($"Training {parameters:N0} parameters from step {trainer.Step:N0} to {_recipe.Training.Steps:N0}, {team.Count} " +
            $"worker{(team.Count == 1 ? "" : "s")}.");
        var result = new TrainingResult(parameters, 0, TimeSpan.Zero);
        trainer.Run(
            new Logged(_folder, progress, p => result = result with { Tokens = p.Tokens, Elapsed = p.Elapsed }), Save, cancellationToken);
        return result;
        void Save(Trainer state)
        {
            _state.Save(state);
            SaveModel(decoder, tokenizer);
        }
    }

    private Corpus BuildCorpus(Action<string> say)
    {
        say("Building the corpus.");
        return CorpusBuilder.Build(new CorpusOptions { Seed = _recipe.Training.Seed, Scale = Scale });
    }

    private Checkpoint OpenParent()
    {
        if (From is null)
            throw new CheckpointException(
                $"The phase {_phase} starts from a model, and none is named. Name the folder of {_phase.StartsFrom()} with --from.");
        var parent = Checkpoint.Open(From);
        try
        {
            parent.CheckHashes();
            if (parent.Tokenizer is not { } tokenizer || !AliceIntroduction.IsOf(tokenizer))
                throw new CheckpointException($"The tokenizer in '{From}' lacks Alice's special tokens ({AliceFormat.SpecialTokens[0]} " +
                    "as token 0 and so on). Name a model of her family.");
            return parent;
        }
        catch
        {
            parent.Dispose();
            throw;
        }
    }

    /// <summary>Made from all documents, whatever the phase learns: the later ones have the same tokenizer.</summary>
    private ByteLevelBpe Tokenizer(Corpus corpus, Action<string> say, CancellationToken cancellationToken)
    {
        var saved = Path.Combine(_folder, "tokenizer.json");
        if (Resume && File.Exists(saved)) return ByteLevelBpe.Load(saved);
        say($"Learning a vocabulary of {_recipe.VocabularySize:N0} tokens.");
        return BpeTrainer.Train(corpus.Train.Select(d => d.Text), _recipe.Tokenizer, progress: null, cancellationToken);
    }

    private Decoder NewDecoder(Checkpoint? parent)
    {
        using var noGradients = no_grad();
        var decoder = _phase is TrainingPhase.Base or TrainingPhase.Draft ? FirstWeights() : Parents(parent!);
        return Device.type == DeviceType.CPU ? decoder : decoder.to(Device);
    }

    private IArithmetic Arithmetic =>
        ProductDtype.Of(Device) == ScalarType.BFloat16 ? new Bfloat16Compute(Device.type) : new StoredPrecision();

    private Decoder FirstWeights()
    {
        using var random = new InitialWeights(_recipe.Training.Seed);
        IWeightSource weights = InductionWeights.Fit(_recipe.Config) ? new InductionWeights(_recipe.Config, random) : random;
        return new Decoder(_recipe.Config, weights, Arithmetic, Device);
    }

    private Decoder Parents(Checkpoint parent) =>
        new(parent.Config, new CheckpointWeights(parent, Device, ScalarType.Float32), Arithmetic, Device);

    private IObjective Objective(
        Corpus corpus, ExampleEncoder encoder, Decoder decoder, Decoder? teacher, WorkerTeam team, Action<string> say)
    {
        var options = _recipe.Training with { LongTime = Math.Min(_recipe.Training.LongTime, decoder.Config.ContextLength) };
        if (_phase == TrainingPhase.Dpo) return Preferences(corpus, encoder, decoder, team, options, say);
        var (train, validation) = (PhaseDocuments.Of(_phase, corpus.Train), PhaseDocuments.Of(_phase, corpus.Validation));
        say($"Encoding {train.Count:N0} texts.");
        Example[] Encode(IReadOnlyList<Document> texts) => [.. texts.AsParallel().AsOrdered().Select(encoder.Encode)];
        var examples = Encode(train);
        say($"They have {examples.Sum(e => (long)e.Tokens.Length):N0} tokens, of which " +
            $"{examples.Sum(e => (long)e.Learn.Count(l => l)):N0} are learned.");
        var next = new NextTokenObjective(examples, Encode(validation), options)
        {
            First = Encode([.. PhaseDocuments.First(_phase, corpus.Train)]),
        };
        return teacher is null ? next : new DistillationObjective(next, teacher);
    }

    private static PreferenceObjective Preferences(
        Corpus corpus, ExampleEncoder encoder, Decoder decoder, WorkerTeam team, TrainingOptions options, Action<string> say)
    {
        var (train, validation) = PreferenceBuilder.Build(corpus.Options);
        PreferencePair[] Encode(IReadOnlyList<Preference> pairs) =>
        [
            .. pairs.AsParallel()
                .AsOrdered().Select(p => new PreferencePair(encoder.Encode(p.Prompt, p.Chosen), encoder.Encode(p.Prompt, p.Rejected)))
                .Where(p => p.Length <= decoder.Config.ContextLength),
        ];
        say($"Asking the model as it is how it finds the answers of {train.Count + validation.Count:N0} pairs.");
        PreferencePair[] WithReference(IReadOnlyList<Preference> pairs) =>
            PreferenceObjective.WithReference(Encode(pairs), decoder, team, options.Pairs);
        return new PreferenceObjective(WithReference(train), WithReference(validation), options);
    }

    private void SaveModel(Decoder decoder, ByteLevelBpe tokenizer)
    {
        using var noGradients = no_grad();
        var weights = decoder.named_parameters().ToDictionary(p => p.name, p => (Tensor)p.parameter, StringComparer.Ordinal);
        Checkpoint.Save(_folder, decoder.Config, weights, tokenizer, AliceFormat.ChatTemplate, AliceFormat.Defaults);
    }

    private sealed class Logged(string folder, IProgress<TrainingProgress>? next, Action<TrainingProgress> keep)
        : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            TrainingLog.Add(folder, value);
            keep(value);
            next?.Report(value);
        }
    }
}
