using LlmRabbitHoles.Tokenization;
using Microsoft.ML.Tokenizers;

namespace LlmRabbitHoles.Checkpoints;

/// <summary>
/// The mean of models that were fine-tuned from one: where each has learned something different, the mean often knows it all.
/// </summary>
/// <remarks>Wortsman et al. 2022, "Model soups", arXiv:2203.05482. It holds for models fine-tuned from the same weights; the
/// mean of strangers knows nothing.</remarks>
public static class CheckpointAverage
{
    /// <summary>
    /// Writes a checkpoint whose every weight is the mean of the others', computed in float32 and stored in the first's format.
    /// </summary>
    /// <param name="folders">Two or more checkpoints with the same sizes, variants and tokenizer; the first gives format,
    /// tokenizer, chat template and end tokens.</param>
    /// <param name="target">The folder to write; an older checkpoint there is replaced when the new one is whole.</param>
    /// <exception cref="CheckpointException">A checkpoint is damaged, or the models differ in their sizes or their
    /// tokens; the message names both.</exception>
    public static void Write(IReadOnlyList<string> folders, string target)
    {
        ArgumentNullException.ThrowIfNull(folders);
        ArgumentOutOfRangeException.ThrowIfLessThan(folders.Count, 2);
        using var noGradients = no_grad();
        using var scope = NewDisposeScope();
        using var first = Checkpoint.Open(folders[0]);
        first.CheckHashes();
        var stored = Stored(first).ToList();
        var sums =
            stored.ToDictionary(weight => weight.Name, weight => weight.Weight.to(ScalarType.Float32, copy: true), StringComparer.Ordinal);
        foreach (var folder in folders.Skip(1))
        {
            using var other = Checkpoint.Open(folder);
            other.CheckHashes();
            RefuseOtherModel(first, other);
            foreach (var (name, weight) in Stored(other))
            {
                using (weight) sums[name].add_(weight);
            }
        }
        foreach (var sum in sums.Values) sum.div_(folders.Count);
        Checkpoint.Save(target, first.Config, sums, first.Tokenizer, first.ChatTemplateText, first.Defaults, stored[0].Weight.dtype);
    }

    private static IEnumerable<(string Name, Tensor Weight)> Stored(Checkpoint checkpoint) =>
        WeightMap.Load(checkpoint.Weights, checkpoint.Config);

    private static void RefuseOtherModel(Checkpoint first, Checkpoint other)
    {
        if (first.Config != other.Config)
            throw new CheckpointException($"'{first.Folder}' and '{other.Folder}' differ in their config.json, " +
                "so their weights have no mean. Name models of the same sizes.");
        if (!HaveTheSameTokens(first.Tokenizer, other.Tokenizer))
            throw new CheckpointException($"'{first.Folder}' and '{other.Folder}' have different tokenizers, " +
                "so their weights have no mean. Name models that were trained from the same one.");
    }

    private static bool HaveTheSameTokens(Tokenizer? one, Tokenizer? other) => one is null || other is null
        ? one == other
        : one.VocabularySize == other.VocabularySize
            && Enumerable.Range(0, one.VocabularySize).All(id => one.Piece(id) == other.Piece(id))
            && one.Merges.SequenceEqual(other.Merges);
}
