using LlmRabbitHoles.Attending;
namespace LlmRabbitHoles.Model;

/// <summary>How a token's place in its sequence reaches the model: added to its vector, or as a rotation of queries and keys.</summary>
public interface IPositions
{
    /// <summary>Marks the positions on the embedded tokens.</summary>
    /// <param name="x">[batch, time, hidden]</param>
    /// <param name="positions">[batch or 1, time] int64</param>
    /// <returns>[batch, time, hidden]</returns>
    Tensor Embed(Tensor x, Tensor positions);

    /// <summary>How queries and keys are turned at these positions; null where positions are not marked so.</summary>
    /// <param name="positions">[batch or 1, time] int64</param>
    /// <param name="end">One more than the highest of them.</param>
    /// <param name="dtype">Of queries and keys.</param>
    Rotation? RotationAt(Tensor positions, long end, ScalarType dtype);
}
