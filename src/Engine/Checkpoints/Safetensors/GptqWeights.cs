using LlmRabbitHoles.Quantization;

namespace LlmRabbitHoles.Checkpoints;

/// <summary>The weights of a checkpoint that are quantized in GPTQ's layout, which <see cref="GptqLayout"/> draws.</summary>
/// <param name="index">The checkpoint's tensors; stay the caller's.</param>
/// <param name="settings">What the checkpoint says of them.</param>
internal sealed class GptqWeights(SafetensorsIndex index, GptqSettings settings)
{
    private const string Weight = ".weight", Bias = ".bias", Words = ".qweight", Zeros = ".qzeros", Scales = ".scales", Groups = ".g_idx";
    private const string Again = "Download the file again, or quantize the model again.";

    /// <summary>What the tensors of a weight are called.</summary>
    /// <param name="weight">Its name in plain checkpoints, such as model.layers.0.mlp.up_proj.weight.</param>
    public static (string Codes, string Zeros, string Scales, string Groups) NamesOf(string weight) =>
        (ModuleOf(weight) + Words, ModuleOf(weight) + Zeros, ModuleOf(weight) + Scales, ModuleOf(weight) + Groups);

    /// <summary>Whether a parameter may be quantized: projections and the output head.</summary>
    /// <param name="name">The decoder's name of it.</param>
    public static bool MayHold(string name) => name.EndsWith("_proj.weight", StringComparison.Ordinal) || name == "lm_head.weight";

    /// <summary>Whether a weight is quantized.</summary>
    /// <param name="weight">Its name in plain checkpoints, such as model.layers.0.mlp.up_proj.weight.</param>
    public bool Holds(string weight) => weight.EndsWith(Weight, StringComparison.Ordinal) && index.Contains(ModuleOf(weight) + Words);

    /// <summary>Whether a tensor is a bias of zeros, which some programs write beside quantized weights that need none.</summary>
    /// <param name="name">The tensor's.</param>
    public bool IsNoBias(string name)
    {
        if (!name.EndsWith(Bias, StringComparison.Ordinal) || !index.Contains(name[..^Bias.Length] + Words)) return false;
        using var bias = index.Read(name);
        using var other = bias.count_nonzero();
        return other.item<long>() == 0;
    }

    /// <summary>Checks the tensors of a weight.</summary>
    /// <param name="weight">As for <see cref="Holds"/>.</param>
    /// <param name="outputs">Outputs of all parameters in it.</param>
    /// <param name="inputs">Its inputs.</param>
    /// <returns>Their names.</returns>
    /// <exception cref="CheckpointException">One is missing, misshapen or of another dtype, or groups are impossible.</exception>
    public IEnumerable<string> Check(string weight, long outputs, long inputs)
    {
        var (module, n, size) = (ModuleOf(weight), settings.CodesInWord, settings.GroupSize ?? inputs);
        if (inputs % size != 0 || inputs % n != 0 || outputs % n != 0)
            throw new CheckpointException(
                $"Weight '{weight}' in '{index[module + Words].File}' has {inputs} inputs and {outputs} outputs; with " +
                $"{settings.Bits} bits both must be multiples of {n}, and the inputs of group_size, {size}. " +
                "Check bits and group_size in quantization_config.");
        var groups = inputs / size;
        CheckOne(module + Words, [inputs / n, outputs], "I32");
        CheckOne(module + Zeros, [groups, outputs / n], "I32");
        CheckOne(module + Scales, [groups, outputs], "F16", "BF16", "F32");
        var hasGroups = settings.Ordered || index.Contains(module + Groups);
        if (hasGroups)
        {
            CheckOne(module + Groups, [inputs], "I32");
            CheckGroups(module + Groups, groups, size);
        }
        return new[] { Words, Zeros, Scales, Groups }.Where(part => part != Groups || hasGroups).Select(part => module + part);
    }

    /// <summary>Some outputs of a weight that was checked.</summary>
    /// <param name="weight">As for <see cref="Holds"/>.</param>
    /// <param name="first">The first output.</param>
    /// <param name="count">How many.</param>
    /// <returns>The caller owns it.</returns>
    public QuantizedMatrix Read(string weight, long first, long count)
    {
        using var scope = NewDisposeScope();
        var module = ModuleOf(weight);
        var groups = index.Contains(module + Groups) ? index.Read(module + Groups) : null;
        var tensors = new GptqTensors(
            index.ReadBytes(module + Words), index.ReadBytes(module + Zeros), index.Read(module + Scales), groups);
        return GptqLayout.Unpack(tensors, settings, first, count);
    }

    private static string ModuleOf(string weight) => weight[..^Weight.Length];

    private void CheckOne(string name, long[] shape, params string[] dtypes)
    {
        var needed = $"{string.Join(" or ", dtypes)} [{string.Join(", ", shape)}]";
        if (!index.Contains(name))
            throw new CheckpointException($"Tensor '{name}' is missing from '{index.Source}'; a weight in GPTQ's layout needs it as " +
                $"{needed}. {Again}");
        var entry = index[name];
        if (!entry.Shape.SequenceEqual(shape) || !dtypes.Contains(entry.Dtype.Name))
            throw new CheckpointException(
                $"Tensor '{name}' in '{entry.File}' is {entry.Dtype.Name} [{string.Join(", ", entry.Shape)}]; the sizes in config.json, " +
                $"{settings.Bits} bits and group_size {settings.GroupSize ?? -1} need {needed}. Check these settings. {Again}");
    }

    private void CheckGroups(string name, long groups, long size)
    {
        using var stored = index.Read(name);
        var members = new long[groups];
        foreach (var group in stored.data<int>())
        {
            if (group < 0 || group >= groups)
                throw new CheckpointException($"Tensor '{name}' in '{index[name].File}' puts an input into group {group}; " +
                    $"there are groups 0 to {groups - 1}. {Again}");
            members[group]++;
        }
        if (Array.FindIndex(members, count => count != size) is >= 0 and var uneven)
            throw new CheckpointException($"Tensor '{name}' in '{index[name].File}' puts {members[uneven]} inputs into group {uneven}; " +
                $"each must have {size}, as group_size says. {Again}");
    }
}
