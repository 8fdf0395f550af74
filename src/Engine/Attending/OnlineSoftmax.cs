using LlmRabbitHoles.Devices;

namespace LlmRabbitHoles.Attending;

/// <summary>The softmax of logits that come block by block, already applied to the values.</summary>
/// <remarks>Milakov and Gimelshein 2018, arXiv:1805.02867, algorithm 3: what was added up under an older maximum is corrected by
/// exp(older maximum - newer maximum).</remarks>
internal sealed class OnlineSoftmax
{
    private const double LowestMaximum = -1e30;    // finite: a block that a query may not see at all would give inf - inf

    private Tensor _highest;
    private Tensor _total;
    private Tensor _sum;

    /// <summary>The softmax of no logits.</summary>
    /// <param name="queries">[..., queries]: the axes of the queries.</param>
    /// <param name="headDim">Width of a value.</param>
    /// <param name="device">Of the logits.</param>
    public OnlineSoftmax(long[] queries, long headDim, Device device)
    {
        _highest = full([.. queries, 1], LowestMaximum, dtype: ScalarType.Float32, device: device);
        _total = zeros([.. queries, 1], ScalarType.Float32, device);
        _sum = zeros([.. queries, headDim], ScalarType.Float32, device);
    }

    /// <summary>[..., queries, headDim] float32</summary>
    public Tensor Result => _sum / _total;

    /// <summary>Adds the next block, in a dispose scope inside that in which this was made.</summary>
    /// <param name="logits">[..., queries, tokens] float32</param>
    /// <param name="values">[..., tokens, headDim]</param>
    public void Add(Tensor logits, Tensor values)
    {
        var highest = maximum(_highest, logits.amax([-1], keepdim: true));
        var correction = (_highest - highest).exp();
        var weights = (logits - highest).exp();
        _total = (_total * correction + weights.sum(-1, keepdim: true)).MoveToOuterDisposeScope();
        _sum = (_sum * correction + weights.to(values.dtype).Product(values).to(ScalarType.Float32)).MoveToOuterDisposeScope();
        _highest = highest.MoveToOuterDisposeScope();
    }
}
