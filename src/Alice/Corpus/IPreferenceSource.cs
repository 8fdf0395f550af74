namespace LlmRabbitHoles.Alice;

/// <summary>Makes one part of the preference pairs. The builder takes as many as the part's share holds.</summary>
internal interface IPreferenceSource
{
    /// <summary>Name of the part.</summary>
    string Part { get; }

    /// <summary>Pairs without end; the same random source gives the same pairs.</summary>
    IEnumerable<Preference> Generate(Random random);
}
