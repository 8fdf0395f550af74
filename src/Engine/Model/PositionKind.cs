namespace LlmRabbitHoles.Model;

/// <summary>How a token learns where it stands.</summary>
public enum PositionKind
{
    /// <summary>Queries and keys are rotated by an angle that grows with the position. Su et al. 2021, arXiv:2104.09864.</summary>
    Rotary,

    /// <summary>A learned vector for each position is added to the embedding. Radford et al. 2018.</summary>
    Learned,
}
