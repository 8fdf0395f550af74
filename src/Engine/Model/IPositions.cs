using LlmRabbitHoles.Attending;

namespace LlmRabbitHoles.Model;

/// <summary>Tells the model the position of each token: as a vector added to the token's, or as a rotation of queries and keys.</summary>
internal interface IPositions
{
    /// <summary>Adds the positions to the embedded tokens, where they are vectors.</summary>
    /// <param name="x">[batch, time, hidden]</param>
    /// <param name="positions">[batch or 1, time] int64</param>
    /// <returns>[batch, time, hidden]</returns>
    Tensor Embed(Tensor x, Tensor positions);

    /// <summary>The rotation of queries and keys at these positions; null where positions are vectors.</summary>
    /// <param name="positions">[batch or 1, time] int64</param>
    /// <param name="reaches">How far the texts reach that the tokens belong to, in the order of the tokens.</param>
    /// <param name="dtype">Of queries and keys.</param>
    Rotation? RotationAt(Tensor positions, IReadOnlyList<Reach> reaches, ScalarType dtype);
}
