namespace TorchSharp.Utils;

/// <summary>Gives a field of a module the name that it has in the state_dict, in place of the field's own.</summary>
[AttributeUsage(AttributeTargets.All)]
public class ComponentNameAttribute : Attribute
{
    /// <summary>The component's name.</summary>
    public string Name { get; set; } = "";
}
