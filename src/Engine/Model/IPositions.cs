namespace LlmRabbitHoles.Model;

/// <summary>How a token's place in the sequence reaches the model: added to its vector, or as a rotation of queries and keys.</summary>
public interface IPositions
{
    /// <summary>Marks the places on the embedded tokens.</summary>
    /// <param name="x">[batch, time, hidden]</param>
    /// <param name="past">Place of the first of these tokens.</param>
    /// <returns>[batch, time, hidden]</returns>
    Tensor Embed(Tensor x, int past);

    /// <summary>Marks the places on queries or keys.</summary>
    /// <param name="heads">[batch, heads, time, headDim]</param>
    /// <param name="past">Place of the first of these tokens.</param>
    /// <returns>[batch, heads, time, headDim]</returns>
    Tensor Rotate(Tensor heads, int past);
}
