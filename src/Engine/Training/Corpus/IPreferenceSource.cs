namespace LlmRabbitHoles.Training;

/// <summary>Makes one part of the preferences.</summary>
internal interface IPreferenceSource
{
    /// <summary>Name of the part.</summary>
    string Part { get; }

    /// <summary>Preferences without end; the same random source gives the same ones.</summary>
    IEnumerable<Preference> Generate(Random random);
}
