namespace LlmRabbitHoles.CommandLine;

/// <summary>What <c>bench attention --format json</c> prints.</summary>
/// <param name="Lengths">Tokens of the texts over which rows are measured.</param>
/// <param name="Text">Where the texts come from.</param>
/// <param name="LossTexts">Texts, each read alone, over which losses are measured.</param>
/// <param name="LossTokens">Tokens that each loss is the mean of.</param>
/// <param name="MeanLength">Tokens of a text, those that do not count included.</param>
/// <param name="Rows">Each way to attend at each length, on the queries, keys and values of the model's own layers over the texts end
/// to end.</param>
/// <param name="Losses">The model with each causal way to attend in all its layers.</param>
/// <param name="Heads">The model with fewer key and value heads, means of its own.</param>
/// <param name="Latents">The model with a latent cache.</param>
/// <param name="Run">Where, when and how.</param>
internal sealed record AttentionJson(
    IReadOnlyList<int> Lengths, string Text, int LossTexts, int LossTokens, double MeanLength,
    IReadOnlyList<AttentionRowJson> Rows, IReadOnlyList<AttentionLossJson> Losses, IReadOnlyList<HeadsJson> Heads,
    IReadOnlyList<LatentJson> Latents, BenchRun? Run = null);

/// <summary>One way to attend at one length, over all layers.</summary>
/// <param name="Kind">Its name.</param>
/// <param name="Setting">Its size.</param>
/// <param name="Paper">Its number on arXiv.</param>
/// <param name="Causal">Whether no token sees a later one; those that see them are compared with full attention that sees them too.</param>
/// <param name="Length">Tokens.</param>
/// <param name="RelativeError">|result - full| / |full|, over all layers.</param>
/// <param name="ScoresShare">Scores computed / those of full attention; null where none are computed.</param>
/// <param name="OperationsShare">Multiplications / those of full attention.</param>
/// <param name="Milliseconds">Of all layers.</param>
/// <param name="TimeRatio">These / those of full attention at this length.</param>
/// <param name="PeakBytes">Memory that one layer needs at its peak, its result included; null where it cannot be measured.</param>
internal sealed record AttentionRowJson(
    string Kind, string Setting, string Paper, bool Causal, int Length, double RelativeError, double? ScoresShare, double OperationsShare,
    double Milliseconds, double TimeRatio, long? PeakBytes);

/// <summary>A model whose layers attend in one way.</summary>
/// <param name="Kind">Its name.</param>
/// <param name="Setting">Its size.</param>
/// <param name="Loss">Nats a token.</param>
/// <param name="LossAdded">Above full attention.</param>
internal sealed record AttentionLossJson(string Kind, string Setting, double Loss, double LossAdded);

/// <summary>A model with fewer key and value heads.</summary>
/// <param name="Kind">multi-head, grouped-query or multi-query.</param>
/// <param name="KvHeads">Key and value heads of each layer.</param>
/// <param name="CacheBytesPerToken">Of all layers.</param>
/// <param name="Loss">Nats a token, without further training.</param>
/// <param name="LossAdded">Above the model as it is.</param>
internal sealed record HeadsJson(string Kind, int KvHeads, long CacheBytesPerToken, double Loss, double LossAdded);

/// <summary>A model with a latent cache.</summary>
/// <param name="Rank">Numbers that stay of each token in a layer.</param>
/// <param name="CacheBytesPerToken">Of all layers.</param>
/// <param name="ShareOfPlain">These bytes / those of keys and values.</param>
/// <param name="Loss">Nats a token, without further training.</param>
/// <param name="LossAdded">Above the plain cache.</param>
internal sealed record LatentJson(int Rank, long CacheBytesPerToken, double ShareOfPlain, double Loss, double LossAdded);
