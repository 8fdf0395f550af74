namespace LlmRabbitHoles.Attending;

/// <summary>The angles by which queries and keys are turned at the positions of one pass.</summary>
/// <param name="Cosines">[batch or 1, 1, time, headDim / 2]</param>
/// <param name="Sines">[batch or 1, 1, time, headDim / 2]</param>
public sealed record Rotation(Tensor Cosines, Tensor Sines)
{
    /// <summary>Turns component i together with component i + headDim / 2, as the checkpoints of Llama pair them.</summary>
    /// <param name="heads">[batch, heads, time, headDim]</param>
    /// <returns>[batch, heads, time, headDim]</returns>
    public Tensor Turn(Tensor heads)
    {
        using var scope = NewDisposeScope();
        var half = heads.shape[3] / 2;
        var (cos, sin) = (Cosines.to(heads.dtype), Sines.to(heads.dtype));
        var (first, second) = (heads.narrow(3, 0, half), heads.narrow(3, half, half));
        return cat([(first * cos) - (second * sin), (second * cos) + (first * sin)], dim: 3).MoveToOuterDisposeScope();
    }
}
