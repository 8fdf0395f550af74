namespace TorchSharp;

/// <content>The forms of Tensor's methods that take the tensor as their first argument.</content>
public static partial class torch
{
    /// <summary>Whether the dtype is complex.</summary>
    public static bool is_complex(Tensor input) => input.is_complex();

    /// <summary>Whether the dtype is a real one.</summary>
    public static bool is_floating_point(Tensor input) => input.is_floating_point();

    /// <summary>Whether the dtype is an integer or Bool.</summary>
    public static bool is_integral(Tensor t) => t.is_integral();

    /// <summary>The number of elements.</summary>
    public static long numel(Tensor input) => input.numel();

    /// <summary>A copy that shares no memory; gradients flow through it.</summary>
    public static Tensor clone(Tensor input) => input.clone();
}
