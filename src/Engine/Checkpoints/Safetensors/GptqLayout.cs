using LlmRabbitHoles.Quantization;

namespace LlmRabbitHoles.Checkpoints;

/// <summary>Turns the tensors of GPTQ's layout into matrices and matrices into such tensors.</summary>
/// <remarks>
/// <code>
/// qweight  int32   [inputs / n, outputs]   n = 32 / bits: the codes of n neighbouring inputs, the first in the lowest bits
/// qzeros   int32   [groups, outputs / n]   the zeros of n neighbouring outputs, minus 1 in the format "gptq"
/// scales   float16 [groups, outputs]
/// g_idx    int32   [inputs]                the group of each input; without it input i is in group i / group_size
/// weight[output, input] = scales[group, output] * (code[input, output] - zero[group, output]), where group = g_idx[input]
/// </code>
/// These tensors stand in the place of one weight, x.weight, as x.qweight and so on. AutoGPTQ made the layout; transformers, GPTQModel and
/// vLLM read it: https://huggingface.co/docs/transformers/quantization/gptq. A zero of 2^bits, stored as 2^bits - 1 in "gptq", is read
/// as such; some programs take it for 0, so none is written.
/// </remarks>
internal static class GptqLayout
{
    // The codes of as many outputs are unpacked at a time.
    private const long TileOutputs = 256;

    /// <summary>A matrix of some outputs.</summary>
    /// <param name="tensors">As stored.</param>
    /// <param name="settings">How.</param>
    /// <param name="first">The first output.</param>
    /// <param name="count">How many.</param>
    /// <returns>The caller owns it.</returns>
    public static QuantizedMatrix Unpack(GptqTensors tensors, GptqSettings settings, long first, long count)
    {
        using var scope = NewDisposeScope();
        var words = tensors.Codes.narrow(1, first, count);
        var inputs = words.shape[0] * settings.CodesInWord;
        var order = tensors.Groups is null ? null : OrderOf(tensors.Groups, inputs / tensors.Scales.shape[0]);
        var middle = 1 << (settings.Bits - 1);
        var packed = settings.Bits == 4 && inputs % 32 == 0;
        var bytes = empty([count, packed ? inputs / 2 : inputs], packed ? ScalarType.Byte : ScalarType.Int8);
        for (long start = 0; start < count; start += TileOutputs)
        {
            using var tileScope = NewDisposeScope();
            var tile = words.narrow(1, start, Math.Min(TileOutputs, count - start)).transpose(0, 1).reshape(-1, words.shape[0] * 4);
            var codes = Codes(tile, settings.Bits);
            if (order is not null) codes = codes.index_select(1, order);
            bytes.narrow(0, start, codes.shape[0]).copy_(CodeTable.Of(codes.to(ScalarType.Int16) - middle, packed).Bytes);
        }
        var zeros = Codes(tensors.Zeros.reshape(tensors.Zeros.shape[0], -1), settings.Bits).narrow(1, first, count).transpose(0, 1)
            .to(ScalarType.Int32) + settings.LeastZero;
        var scales = tensors.Scales.narrow(1, first, count).transpose(0, 1);
        if (scales.dtype == ScalarType.BFloat16) scales = scales.to(ScalarType.Float32);
        // The product of a float16 and a whole number of at most 9 bits is exact in float32.
        var offsets = (zeros == middle).all().item<bool>() ? null : scales.to(ScalarType.Float32) * (middle - zeros);
        var matrix = new IntegerMatrix(
            new CodeTable(bytes.MoveToOuterDisposeScope(), inputs, packed), scales.contiguous().MoveToOuterDisposeScope(),
            offsets?.contiguous().MoveToOuterDisposeScope());
        return order is null ? matrix : new OrderedInputs(matrix, order.MoveToOuterDisposeScope());
    }

    /// <summary>The tensors of a matrix, whose inputs are in their own order.</summary>
    /// <param name="matrix">On the CPU; its offsets, if it has any, make a code exactly zero. Stays the caller's.</param>
    /// <param name="settings">How to store it.</param>
    /// <returns>Owned by the caller's scope.</returns>
    public static GptqTensors Pack(IntegerMatrix matrix, GptqSettings settings)
    {
        using var scope = NewDisposeScope();
        var (outputs, inputs, n) = (matrix.Rows, matrix.Columns, settings.CodesInWord);
        var middle = 1 << (settings.Bits - 1);
        var words = empty([inputs / n, outputs, 4], ScalarType.Byte);
        for (long start = 0; start < outputs; start += TileOutputs)
        {
            using var tileScope = NewDisposeScope();
            var count = Math.Min(TileOutputs, outputs - start);
            var codes = (matrix.Codes.Decode(matrix.Codes.Bytes.narrow(0, start, count)) + middle).to(ScalarType.Byte);
            words.narrow(1, start, count).copy_(Bytes(codes, settings.Bits).view(count, inputs / n, 4).transpose(0, 1));
        }
        var scales = matrix.Scales.to(ScalarType.Float32);
        var zeros = matrix.Offsets is null
            ? full_like(scales, middle)
            : (middle - (matrix.Offsets.to(ScalarType.Float32) / where(scales == 0, ones_like(scales), scales))).round();
        System.Diagnostics.Debug.Assert((zeros >= settings.LeastZero).all().item<bool>() && (zeros < 2 * middle).all().item<bool>());
        var stored = Bytes((zeros - settings.LeastZero).transpose(0, 1).to(ScalarType.Byte).contiguous(), settings.Bits);
        var groups = (arange(inputs) / matrix.GroupSize).floor().to(ScalarType.Int32);
        return new(
            words.MoveToOuterDisposeScope(), stored.view(stored.shape[0], outputs / n, 4).MoveToOuterDisposeScope(),
            matrix.Scales.transpose(0, 1).contiguous().MoveToOuterDisposeScope(), groups.MoveToOuterDisposeScope());
    }

    /// <summary>Which input each column is, where columns of a group are neighbours; null where they are so as they lie.</summary>
    /// <param name="groups">[inputs] int32: the group of each; every group has as many.</param>
    /// <param name="size">Inputs of a group.</param>
    private static Tensor? OrderOf(Tensor groups, long size)
    {
        using var scope = NewDisposeScope();
        var found = groups.data<int>().ToArray();
        var order = Enumerable.Range(0, found.Length).OrderBy(input => found[input]).Select(input => (long)input).ToArray();
        var inOrder = order.Index().All(column => column.Item == column.Index);
        System.Diagnostics.Debug.Assert(order.Index().All(column => found[column.Item] == column.Index / size));
        return inOrder ? null : tensor(order).MoveToOuterDisposeScope();
    }

    // Words are little-endian, so of two codes of four bits the first is in the low half of a byte.
    private static Tensor Codes(Tensor bytes, int bits)
    {
        if (bits == 8) return bytes;
        var low = bytes.bitwise_and(tensor(0x0F, ScalarType.Byte));
        var high = bytes.bitwise_right_shift(tensor(4, ScalarType.Byte));
        return stack([low, high], 2).view(bytes.shape[0], -1);
    }

    private static Tensor Bytes(Tensor codes, int bits)
    {
        if (bits == 8) return codes;
        var pairs = codes.view(codes.shape[0], -1, 2);
        return pairs.select(2, 0).bitwise_or(pairs.select(2, 1).bitwise_left_shift(tensor(4, ScalarType.Byte)));
    }
}

/// <summary>The tensors of one or more weights in GPTQ's layout, words as bytes.</summary>
/// <param name="Codes">[inputs / n, outputs, 4] uint8: qweight.</param>
/// <param name="Zeros">[groups, outputs / n, 4] uint8: qzeros.</param>
/// <param name="Scales">[groups, outputs]</param>
/// <param name="Groups">[inputs] int32: g_idx; null: in the order of inputs.</param>
internal sealed record GptqTensors(Tensor Codes, Tensor Zeros, Tensor Scales, Tensor? Groups);
