using static TorchSharp.torch;

namespace TorchSharp.Tests;

/// <summary>Each operation gives PyTorch's values, shape and dtype. Golden/make_core.py computes the same cases by the same names.</summary>
public sealed class TensorGoldenTests
{
    private static readonly GoldenTensors Golden = GoldenTensors.Load("core.json");

    private static readonly Dictionary<string, Func<Inputs, Tensor>> Cases = new()
    {
        // element by element
        ["abs"] = t => t.X.abs(), ["neg"] = t => -t.X, ["exp"] = t => exp(t.X), ["log"] = t => log(t.P), ["log2"] = t => t.P.log2(),
        ["log1p"] = t => t.P.log1p(), ["sqrt"] = t => sqrt(t.P), ["rsqrt"] = t => rsqrt(t.P), ["reciprocal"] = t => t.P.reciprocal(),
        ["sin"] = t => sin(t.X), ["cos"] = t => cos(t.X), ["tan"] = t => t.X.tan(), ["tanh"] = t => tanh(t.X), ["sigmoid"] = t => sigmoid(t.X),
        ["relu"] = t => t.X.relu(), ["silu"] = t => t.X.silu(), ["gelu"] = t => t.X.gelu(), ["erf"] = t => t.X.erf(), ["floor"] = t => t.X.floor(),
        ["ceil"] = t => t.X.ceil(), ["round"] = t => t.X.round(), ["round2"] = t => t.X.round(2), ["trunc"] = t => t.X.trunc(),
        ["sign"] = t => t.X.sign(), ["square"] = t => t.X.square(), ["softplus"] = t => t.X.softplus(),

        // arithmetic and dtype promotion
        ["add"] = t => t.X + t.Y, ["add_alpha"] = t => t.X.add(t.Y, 3), ["sub"] = t => t.X - t.Y, ["mul"] = t => t.X * t.Y,
        ["div"] = t => t.X / t.P, ["pow"] = t => t.P.pow(t.X), ["pow_scalar"] = t => t.X.pow(2), ["add_scalar"] = t => t.X + 2.5,
        ["rsub"] = t => 1 - t.X, ["rdiv"] = t => 2 / t.P, ["mul_broadcast"] = t => t.X * t.V, ["int_plus_float"] = t => t.I + 0.5,
        ["int_div_int"] = t => t.I / t.J, ["int_trunc"] = t => t.I.div(t.J, RoundingMode.trunc), ["int_floor"] = t => t.I.div(t.J, RoundingMode.floor),
        ["int_remainder"] = t => t.I % t.J, ["int_fmod"] = t => t.I.fmod(t.J), ["int32_plus_int64"] = t => t.I.@int() + t.J,
        ["bool_plus_int"] = t => t.K.@long() + t.K, ["half_plus_float"] = t => t.X.half().@float() + t.X.bfloat16().@float(),
        ["bfloat16_mul"] = t => t.X.bfloat16() * t.Y.bfloat16(), ["float_double"] = t => t.X + t.Y.@double(), ["maximum"] = t => maximum(t.X, t.Y),
        ["minimum"] = t => minimum(t.X, t.Y), ["clamp"] = t => t.X.clamp(-0.5, 0.5), ["clamp_min"] = t => t.X.clamp_min(0.1),
        ["lerp"] = t => lerp(t.X, t.Y, t.P), ["addcmul"] = t => addcmul(t.X, t.Y, t.P, 0.5), ["addcdiv"] = t => addcdiv(t.X, t.Y, t.P, 0.5),
        ["atan2"] = t => t.X.atan2(t.Y),

        // comparison and logic
        ["eq"] = t => t.I == t.J, ["ne"] = t => t.I != t.J, ["lt"] = t => t.X < t.Y, ["le"] = t => t.X <= 0, ["gt"] = t => t.X > t.Y,
        ["ge"] = t => t.X >= 0.25, ["and"] = t => t.K & (t.X > 0), ["or"] = t => t.K | (t.X > 0), ["xor"] = t => t.K ^ (t.X > 0), ["not"] = t => ~t.K,
        ["logical_and"] = t => logical_and(t.I, t.J), ["logical_not"] = t => logical_not(t.I), ["where"] = t => where(t.K, t.X, t.Y),
        ["isclose"] = t => isclose(t.X, t.X + 1e-9), ["isfinite"] = t => isfinite(t.X / 0),

        // shape
        ["reshape"] = t => t.X.reshape(2, -1), ["permute"] = t => t.B1.permute(2, 0, 1), ["transpose"] = t => t.B1.transpose(1, 2), ["T"] = t => t.M.T,
        ["expand"] = t => t.W.reshape(3, 1).expand(3, 4), ["unsqueeze"] = t => t.X.unsqueeze(1), ["squeeze"] = t => t.X.unsqueeze(1).squeeze(),
        ["flatten"] = t => t.B1.flatten(1), ["chunk1"] = t => t.X.chunk(3, 1)[1], ["split2"] = t => t.M.split([1L, 3, 1], dim: 1)[1],
        ["unbind"] = t => t.X.unbind(1)[2], ["narrow"] = t => t.X.narrow(1, 1, 2), ["slice"] = t => t.M.slice(0, 0, 4, 2),
        ["repeat"] = t => t.W.repeat(2, 2), ["repeat_interleave"] = t => t.W.repeat_interleave(2), ["flip"] = t => t.X.flip(1),
        ["roll"] = t => t.X.roll(1, 1), ["tril"] = t => t.X.tril(), ["triu"] = t => t.X.triu(1), ["cat"] = t => cat([t.X, t.Y], 1),
        ["stack"] = t => stack([t.X, t.Y], 1), ["diagonal"] = t => t.M.diagonal(), ["unfold"] = t => t.V.unfold(0, 2, 1),
        ["tile"] = t => t.W.tile([2, 1]), ["movedim"] = t => t.B1.movedim([0], [2]),

        // indexing
        ["index_row"] = t => t.X[1], ["index_cell"] = t => t.X[2, 3], ["index_slice"] = t => t.X[.., 1..3],
        ["index_ellipsis"] = t => t.B1[TensorIndex.Ellipsis, 2], ["index_none"] = t => t.W[TensorIndex.Colon, TensorIndex.None],
        ["index_tensor"] = t => t.X[t.Pick], ["index_mask"] = t => t.X[t.K], ["index_step"] = t => t.X[TensorIndex.Colon, TensorIndex.Slice(0, 4, 2)],
        ["index_negative"] = t => t.X[^1, ^2..], ["index_select"] = t => t.X.index_select(0, t.Pick), ["gather"] = t => t.X.gather(0, t.At),
        ["scatter"] = t => zeros(3, 4).scatter(0, t.At, t.X[..2]), ["scatter_add"] = t => ones(3, 4).scatter_add(0, t.At, t.X[..2]),
        ["index_add"] = t => zeros(3, 4).index_add(0, t.Pick, t.X[..2], 2), ["index_copy"] = t => zeros(3, 4).index_copy_(0, t.Pick, t.X[..2]),
        ["masked_fill"] = t => t.X.masked_fill(t.K, -9.0), ["masked_select"] = t => t.X.masked_select(t.K), ["take"] = t => t.X.take(t.Pick),

        // reduction and order
        ["sum"] = t => t.X.sum(), ["sum_dim"] = t => t.X.sum(1), ["sum_keep"] = t => t.X.sum(0, keepdim: true), ["sum_int"] = t => t.I.@int().sum(),
        ["mean"] = t => t.X.mean(), ["mean_dim"] = t => t.X.mean([-1], keepdim: true), ["var"] = t => t.X.var(), ["var_dim"] = t => t.X.var(1, unbiased: false),
        ["std"] = t => t.X.std(), ["std_dim"] = t => t.X.std(0), ["prod"] = t => t.P.prod(), ["max"] = t => t.X.max(), ["min"] = t => t.X.min(),
        ["max_dim"] = t => t.X.max(1).values, ["max_where"] = t => t.X.max(1).indexes, ["amax"] = t => t.X.amax(0, 1), ["argmax"] = t => t.X.argmax(),
        ["argmax_dim"] = t => t.X.argmax(1), ["argmin_dim"] = t => t.X.argmin(0), ["all"] = t => t.K.all(), ["any_dim"] = t => t.K.any(1),
        ["norm"] = t => t.X.norm(), ["norm_dim"] = t => t.X.norm(1), ["cumsum"] = t => t.X.cumsum(1), ["logsumexp"] = t => t.X.logsumexp(1),
        ["softmax"] = t => t.X.softmax(1), ["softmax_double"] = t => softmax(t.X, 0, ScalarType.Float64), ["log_softmax"] = t => special.log_softmax(t.X, -1),
        ["topk"] = t => t.X.topk(2, 1).values, ["topk_where"] = t => t.X.topk(2, 1).indexes, ["sort"] = t => t.X.sort(1, descending: true).Values,
        ["argsort"] = t => t.X.argsort(1), ["bincount"] = _ => tensor(new long[] { 1, 1, 3 }).bincount(null!), ["count_nonzero"] = t => t.K.count_nonzero(),
        ["nonzero"] = t => t.K.nonzero(),

        // products
        ["matmul"] = t => matmul(t.X, t.M), ["matmul_vector"] = t => t.X.matmul(t.V), ["matmul_batch"] = t => t.B1.matmul(t.M), ["mm"] = t => t.X.mm(t.M),
        ["bmm"] = t => t.B1.bmm(t.B2), ["outer"] = t => outer(t.W, t.V), ["dot"] = t => t.V.dot(t.V), ["einsum"] = t => einsum("bij,bjk->bki", t.B1, t.B2),
        ["addmm"] = t => ones(3, 5).addmm(t.X, t.M, 2, 0.5f), ["baddbmm"] = t => ones(2, 3, 5).baddbmm(t.B1, t.B2, 2, 0.5f),
        ["matmul_bfloat16"] = t => t.X.bfloat16().matmul(t.M.bfloat16()),

        ["trace"] = t => t.M[.., ..4].trace(), ["hstack"] = t => hstack(t.X, t.Y), ["vstack"] = t => vstack([t.V, t.V]),
        ["svdvals"] = t => linalg.svdvals(t.X), ["svd"] = t => Multiplied(linalg.svd(t.X, fullMatrices: false)),
        ["eigh"] = t => linalg.eigh(t.X.matmul(t.X.T)).Item1, ["vector_norm"] = t => linalg.vector_norm(t.X, 1, [0]), ["median"] = t => t.X.median(),

        // complex numbers
        ["polar"] = t => view_as_real(polar(t.P, t.X)),
        ["view_as_complex"] = t => (t.X.reshape(3, 2, 2).view_as_complex() * new System.Numerics.Complex(0, 2)).view_as_real(),

        // creation
        ["arange"] = _ => arange(2, 11, 3), ["arange_float"] = _ => arange(0, 1, 0.25), ["linspace"] = _ => linspace(-1, 1, 5), ["eye"] = _ => eye(2, 3),
        ["full"] = _ => full(2, 2, 7), ["full_float"] = _ => full(2, 2, 1.5f),

        // gradients
        ["grad_softmax"] = t => GradientOf(t, x => (x.softmax(1) * t.Y).sum()), ["grad_matmul"] = t => GradientOf(t, x => x.matmul(t.M).pow(2).sum()),
        ["grad_index"] = t => GradientOf(t, x => x[t.Pick].sum()),
        ["grad_norm"] = t => GradientOf(t, x => (x * x.pow(2).mean([-1], keepdim: true).rsqrt() * t.V).sum()),
    };

    public static TheoryData<string> Names => [.. Golden.Names("cases")];

    [Theory]
    [MemberData(nameof(Names))]
    public void GivesWhatPyTorchGives(string name)
    {
        using var scope = NewDisposeScope();
        var expected = Golden["cases", name];
        var actual = Cases[name](new Inputs());
        Assert.Equal(expected.dtype, actual.dtype);
        Assert.Equal(expected.shape, actual.shape);
        Assert.True(actual.to(ScalarType.Float64).allclose(expected.to(ScalarType.Float64), rtol: 1e-5, atol: 1e-5), actual.ToString());
    }

    [Fact]
    public void EveryCaseHasItsGoldenTensor() => Assert.Equal(Golden.Names("cases").Order(), Cases.Keys.Order());

    private static Tensor GradientOf(Inputs inputs, Func<Tensor, Tensor> function)
    {
        var leaf = inputs.X.clone().requires_grad_();
        function(leaf).backward();
        return leaf.grad!;
    }

    private static Tensor Multiplied((Tensor U, Tensor S, Tensor Vh) parts) => (parts.U * parts.S).matmul(parts.Vh);

    /// <summary>The inputs of make_core.py, by its names.</summary>
    private sealed class Inputs
    {
        public Tensor X { get; } = Golden["inputs", "x"];
        public Tensor Y { get; } = Golden["inputs", "y"];
        public Tensor P { get; } = Golden["inputs", "p"];
        public Tensor M { get; } = Golden["inputs", "m"];
        public Tensor B1 { get; } = Golden["inputs", "b1"];
        public Tensor B2 { get; } = Golden["inputs", "b2"];
        public Tensor V { get; } = Golden["inputs", "v"];
        public Tensor W { get; } = Golden["inputs", "w"];
        public Tensor I { get; } = Golden["inputs", "i"];
        public Tensor J { get; } = Golden["inputs", "j"];
        public Tensor K { get; } = Golden["inputs", "k"];
        public Tensor Pick { get; } = Golden["inputs", "pick"];
        public Tensor At { get; } = Golden["inputs", "at"];
    }
}
