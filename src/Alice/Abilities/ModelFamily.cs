namespace LlmRabbitHoles.Alice.Abilities;

/// <summary>A model and, in the folders beside it, what it was before its later phases of training.</summary>
/// <param name="model">Lent; those beside it are loaded when they are needed, and owned.</param>
public sealed class ModelFamily(LanguageModel model) : IDisposable
{
    private const string Base = "alice-base", Chat = "alice-chat";
    private readonly Dictionary<string, LanguageModel> _loaded = [];

    /// <summary>The model itself.</summary>
    public LanguageModel Model => model;

    /// <summary>The pre-trained model; null where its folder is missing or the model's own.</summary>
    public LanguageModel? BaseModel => Sibling(Base);

    /// <summary>The model before preference tuning; null where its folder is missing or the model's own.</summary>
    public LanguageModel? ChatModel => Sibling(Chat);

    /// <summary>Why the sibling is missing.</summary>
    internal string WhyNo(Baseline baseline)
    {
        var name = baseline == Baseline.BaseModel ? Base : Chat;
        return model.Name == name ? $"{name} is the model itself" : $"there is no {name} beside the model";
    }

    /// <summary>Frees what was loaded.</summary>
    public void Dispose()
    {
        foreach (var loaded in _loaded.Values) loaded.Dispose();
    }

    private LanguageModel? Sibling(string name)
    {
        if (_loaded.TryGetValue(name, out var loaded)) return loaded;
        if (model.Folder.Length == 0 || model.Name == name) return null;
        var folder = Path.Combine(Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(model.Folder))) ?? "", name);
        return Directory.Exists(folder)
            ? _loaded[name] = LanguageModel.Load(folder, model.Device.type == DeviceType.CUDA ? "cuda" : "cpu")
            : null;
    }
}
