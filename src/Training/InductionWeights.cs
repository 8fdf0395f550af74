using LlmRabbitHoles.Model;

namespace LlmRabbitHoles.Training;

/// <summary>Initial weights that can copy before training: if B followed A earlier in the text, B is likely after the next A.</summary>
/// <remarks>
/// The induction circuit of Elhage et al. 2021 and Olsson et al. 2022 (arXiv:2209.11895), written into the weights. A small model
/// with little training would hardly find it alone. Training then changes these weights like all others. For structured initial
/// weights in general see Trockman and Kolter 2023, arXiv:2305.09828.
/// <code>
/// coordinate   0          1..h           h+1..2h                      2h+1..4h
/// holds        a constant first part of  first part of the token      the part of the token
///              of all     the token      before, written by layer 0   that the copying heads carry on
/// </code>
/// Layer 0, head 0 looks one token back. The constant makes its query and its key, and the rotary angles of the quick pairs select
/// the position. Two heads of layer 1 look for a position whose previous token equals the current token. They compare in the slow
/// pairs, which turn little over a whole context. They add the token at that position to the residual stream.
/// </remarks>
/// <param name="config">A Llama-style decoder with at least 2 key heads, at least 2 layers, and hidden above 4 x headDim.</param>
/// <param name="others">The source of all other weights.</param>
public sealed class InductionWeights(DecoderConfig config, IWeightSource others) : IWeightSource
{
    private const double Token = 0.05;        // standard deviation of an embedding's components
    private const double Constant = 0.35;     // component 0 of every embedding
    private const double Sharpness = 12;      // scale of the lead in logits that the previous position has: Sharpness x (1 - cos(angle))
    private const double Match = 8;           // scale of the queries that look for a match
    private const double Remember = 0.25;     // how strongly layer 0 writes the previous token
    private const double Copy = 1;            // how strongly layer 1 writes the copied token
    private const double FinalGain = 2;       // lifts the copied token above the noise of all others
    private const double QuickPair = 1e-2;    // radians per token; faster pairs tell positions apart
    private const double SlowPair = 4e-3;     // radians per token; slower pairs compare tokens at any distance

    private readonly int _head = config.HeadDim;
    private readonly float[] _angles = RotaryPositions.Frequencies(config);

    /// <summary>Whether a decoder has the heads, layers and width that the circuit needs.</summary>
    public static bool Fit(DecoderConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        return config.HiddenSize > 4 * config.HeadDim && config.KeyValueHeads >= 2 && config.Layers >= 2
            && config.Positions == PositionKind.Rotary;
    }

    /// <inheritdoc/>
    public Tensor Get(string name, params long[] shape)
    {
        var weight = others.Get(name, shape);
        using var scope = NewDisposeScope();
        switch (name)
        {
            case "embed_tokens.weight": Embed(weight); break;
            case "norm.weight": weight.fill_(FinalGain); break;
            case "layers.0.self_attn.q_proj.weight": LookBack(weight, placesAhead: 0); break;
            case "layers.0.self_attn.k_proj.weight": LookBack(weight, placesAhead: 1); break;
            case "layers.0.self_attn.v_proj.weight": Carry(weight, row: 0, from: 1); break;
            case "layers.0.self_attn.o_proj.weight": Write(weight, head: 0, to: 1 + _head, Remember); break;
            case "layers.1.self_attn.q_proj.weight": ForBothKeyHeads(kv => Compare(weight, FirstQueryHead(kv), from: 1, Match, kv)); break;
            case "layers.1.self_attn.k_proj.weight": ForBothKeyHeads(kv => Compare(weight, kv, from: 1 + _head, 1, kv)); break;
            case "layers.1.self_attn.v_proj.weight": ForBothKeyHeads(kv => Carry(weight, kv * _head, CopiedPart(kv))); break;
            case "layers.1.self_attn.o_proj.weight": ForBothKeyHeads(kv => Write(weight, FirstQueryHead(kv), CopiedPart(kv), Copy)); break;
        }
        return weight.MoveToOuterDisposeScope();
    }

    /// <summary>The first query head that reads a key head.</summary>
    private int FirstQueryHead(int keyHead) => keyHead * (config.Heads / config.KeyValueHeads);

    private int CopiedPart(int keyHead) => 1 + ((2 + keyHead) * _head);

    private static void ForBothKeyHeads(Action<int> keyHead)
    {
        keyHead(0);
        keyHead(1);
    }

    private static void Embed(Tensor table)
    {
        table.mul_(Token / table.std().ToDouble());
        table.narrow(1, 0, 1).fill_(Constant);
    }

    /// <summary>
    /// Head 0 makes of the constant a vector turned ahead by some places: a query and a key match best where the places make up for it.
    /// </summary>
    private void LookBack(Tensor projection, int placesAhead)
    {
        var constant = Constant * Math.Sqrt(config.HiddenSize / ((Constant * Constant) + (Token * Token * config.HiddenSize)));
        var size = Math.Sqrt(Sharpness * Math.Sqrt(_head)) / constant;
        var head = projection.narrow(0, 0, _head);
        head.fill_(0);
        for (var pair = 0; pair < _head / 2; pair++)
        {
            if (_angles[pair] < QuickPair) continue;
            Set(head, pair, 0, size * Math.Cos(placesAhead * _angles[pair]));
            Set(head, pair + (_head / 2), 0, size * Math.Sin(placesAhead * _angles[pair]));
        }
    }

    /// <summary>The slow pairs of a head read components of the stream. The two heads read from opposite ends of the same part.</summary>
    private void Compare(Tensor projection, int head, int from, double size, int keyHead)
    {
        var rows = projection.narrow(0, head * _head, _head);
        rows.fill_(0);
        int[] slow = [.. Enumerable.Range(0, _head).Where(i => _angles[i % (_head / 2)] < SlowPair)];
        foreach (var (component, row) in slow.Index())
            Set(rows, row, from + (keyHead == 0 ? component : _head - 1 - component), size);
    }

    /// <summary>Copies a part of the stream into values unchanged.</summary>
    private void Carry(Tensor projection, int row, int from)
    {
        var rows = projection.narrow(0, row, _head);
        rows.fill_(0);
        for (var i = 0; i < _head; i++) Set(rows, i, from + i, 1);
    }

    /// <summary>Adds a head's values to a part of the stream.</summary>
    private void Write(Tensor projection, int head, int to, double size)
    {
        var columns = projection.narrow(1, head * _head, _head);
        columns.fill_(0);
        for (var i = 0; i < _head; i++) Set(columns, to + i, i, size);
    }

    private static void Set(Tensor matrix, long row, long column, double value) =>
        matrix.narrow(0, row, 1).narrow(1, column, 1).fill_(value);
}
