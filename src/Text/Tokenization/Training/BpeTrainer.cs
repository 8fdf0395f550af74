namespace LlmRabbitHoles.Tokenization;

/// <summary>Trains a byte-level BPE: joins the pair of tokens that stands together most often, again and again.</summary>
/// <remarks>Sennrich et al. 2016, arXiv:1508.07909, algorithm 1. The same texts and options give the same tokenizer.</remarks>
public static class BpeTrainer
{
    private const int CharactersPerReport = 1 << 20;
    private const int MergesPerReport = 32;

    /// <summary>Trains a tokenizer.</summary>
    /// <param name="texts">The corpus, in any portions: a line, a document. Words don't cross from one to the next.</param>
    /// <param name="options">Size, special tokens and how words are split.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Stops the training.</param>
    /// <exception cref="TokenizerException">The vocabulary has no room for the bytes and the special tokens.</exception>
    public static ByteLevelBpe Train(
        IEnumerable<string> texts, BpeTrainingOptions options, IProgress<BpeTrainingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentNullException.ThrowIfNull(options);
        var needed = options.SpecialTokens.Count + 256;
        if (options.VocabularySize < needed)
            throw new TokenizerException($"A vocabulary of {options.VocabularySize} has no room for {options.SpecialTokens.Count} " +
                $"special tokens and 256 bytes. Set VocabularySize to {needed} or more.");

        var draft = new TrainedTokenizer(options);
        var words = Count(texts, draft, options, progress, cancellationToken);
        var spaces = (int)((options.VocabularySize - needed) * options.SpaceShare);
        MergePairs(
            spaces > 0 ? words.WithoutSpaces() : words, draft, options.VocabularySize - spaces, options, progress, cancellationToken);
        if (spaces > 0) JoinSpaces(words, draft, options);
        return draft.Finish();
    }

    private static WordCounts Count(
        IEnumerable<string> texts, TrainedTokenizer draft, BpeTrainingOptions options, IProgress<BpeTrainingProgress>? progress,
        CancellationToken cancellationToken)
    {
        var words = draft.CountWords();
        var reported = 0L;
        foreach (var text in texts)
        {
            cancellationToken.ThrowIfCancellationRequested();
            words.Add(text);
            if (words.Characters - reported < CharactersPerReport) continue;
            reported = words.Characters;
            progress?.Report(new BpeTrainingProgress(reported, words.Counts.Count, 0, options.VocabularySize, null));
        }

        return words;
    }

    private static void MergePairs(
        WordCounts words, TrainedTokenizer draft, int size, BpeTrainingOptions options, IProgress<BpeTrainingProgress>? progress,
        CancellationToken cancellationToken)
    {
        var pairs = new PairCounts(words.Counts, draft.IdOfByte);
        while (draft.Size < size && pairs.TakeBest() is { } best && best.Count >= options.MinFrequency)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (draft.Join(best.Pair.Left, best.Pair.Right) is { } result) pairs.Merge(best.Pair, result);
            else pairs.Drop(best.Pair);
            if (draft.Size % MergesPerReport == 0 || draft.Size == size)
                progress?.Report(
                    new BpeTrainingProgress(words.Characters, words.Counts.Count, draft.Size, options.VocabularySize, draft.LastPiece));
        }
    }

    /// <summary>
    /// Joins the space to what follows it most often, until the vocabulary is full; of equally common ones to the lowest ids.
    /// </summary>
    private static void JoinSpaces(WordCounts words, TrainedTokenizer draft, BpeTrainingOptions options)
    {
        var merges = draft.Merges();
        var followers = words.Counts.Where(word => WordCounts.HasSpace(word.Key))
            .GroupBy(
                word => draft.FirstToken(word.Key[1..], merges), word => word.Value, (token, counts) => (Token: token, Count: counts.Sum()))
            .Where(follower => follower.Count >= options.MinFrequency)
            .OrderByDescending(follower => follower.Count).ThenBy(follower => follower.Token).ToList();
        foreach (var (token, _) in followers.Take(options.VocabularySize - draft.Size)) draft.Join(draft.IdOfByte[' '], token);
    }
}

/// <summary>How far a training has come: first the words are counted, then pairs are merged.</summary>
/// <param name="Characters">Characters read.</param>
/// <param name="DistinctWords">Different words among them.</param>
/// <param name="Tokens">Tokens made; 0 while words are counted.</param>
/// <param name="WantedTokens">Tokens to make.</param>
/// <param name="LastPiece">The token that was made last, as text; null while words are counted.</param>
public sealed record BpeTrainingProgress(long Characters, int DistinctWords, int Tokens, int WantedTokens, string? LastPiece);
