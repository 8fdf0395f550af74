namespace LlmRabbitHoles.Model;

/// <summary>The table with one row per token: looked up on the way in and, where embeddings are tied, multiplied by on the way
/// out.</summary>
/// <remarks>Tying: Press and Wolf 2017, arXiv:1608.05859.</remarks>
internal interface ITokenTable
{
    /// <summary>[vocab, hidden], owned by the model.</summary>
    Tensor Table { get; }

    /// <summary>The rows of tokens.</summary>
    /// <param name="tokens">[batch, time] int64</param>
    /// <returns>[batch, time, hidden]</returns>
    Tensor Embed(Tensor tokens);

    /// <summary>The dot product of a hidden state with every token's row.</summary>
    /// <param name="hidden">[batch, time, hidden]</param>
    /// <returns>[batch, time, vocab]</returns>
    Tensor Unembed(Tensor hidden);
}
