using LlmRabbitHoles.Caching;
using LlmRabbitHoles.Tokenization;

namespace LlmRabbitHoles.Generation.Speculation;

/// <summary>Guesses with a smaller model that has the same tokens, greedily.</summary>
/// <param name="Model">The smaller model; stays the caller's.</param>
public sealed record DraftModel(LanguageModel Model) : Speculator
{
    /// <exception cref="ArgumentException">The two models have different tokens.</exception>
    internal override IDraft Begin(LanguageModel model)
    {
        var (own, other) = (Model.Config.VocabularySize, model.Config.VocabularySize);
        if (own != other || (Model.HasTokenizer && model.HasTokenizer && !HaveSamePieces(Model, model)))
        {
            throw new ArgumentException($"The draft model '{Model.Name}' has other tokens than '{model.Name}' ({own:N0} and {other:N0}). " +
                "A draft needs the model's own tokenizer.");
        }
        return new Draft(Model, Math.Min(Model.Config.ContextLength, model.Config.ContextLength));
    }

    private static bool HaveSamePieces(LanguageModel one, LanguageModel other) =>
        one.Tokenizer.VocabularySize == other.Tokenizer.VocabularySize
        && Enumerable.Range(0, one.Tokenizer.VocabularySize).All(id => one.Tokenizer.Piece(id) == other.Tokenizer.Piece(id));

    private sealed class Draft(LanguageModel model, int context) : IDraft
    {
        private readonly ModelRunner _runner = new(model);
        private readonly IKeyValueCache _cache = model.CreateCache(context);
        private readonly List<int> _read = [];

        public IReadOnlyList<int> Guess(IReadOnlyList<int> text, int count)
        {
            var most = Math.Min(count, context - text.Count);
            if (most <= 0) return [];
            ForgetWhatDiffers(text);
            var guesses = new List<int>();
            var next = Read([.. text.Skip(_read.Count)]);
            while (true)
            {
                guesses.Add(next);
                if (guesses.Count == most) return guesses;
                next = Read([next]);
            }
        }

        public void Dispose() => _cache.Dispose();

        // At least one token must be left to read, since its logits are wanted.
        private void ForgetWhatDiffers(IReadOnlyList<int> text)
        {
            var same = 0;
            while (same < _read.Count && same < text.Count - 1 && _read[same] == text[same]) same++;
            _read.RemoveRange(same, _read.Count - same);
            _cache.Truncate(same);
        }

        private int Read(int[] tokens)
        {
            var step = _runner.Prefill(tokens, _cache);
            _read.AddRange(tokens);
            return System.Numerics.Tensors.TensorPrimitives.IndexOfMax<float>(step.Logits);
        }
    }
}
