namespace LlmRabbitHoles.Lessons;

/// <summary>The same sentence in several languages, to compare what each costs.</summary>
public static class ParallelText
{
    /// <summary>The beginning of article 1 of the Universal Declaration of Human Rights in eight languages, English first.</summary>
    /// <remarks>United Nations 1948, in the translations of the Office of the High Commissioner for Human Rights.</remarks>
    public static IReadOnlyList<(string Language, string Text)> BornFree { get; } =
    [
        ("English", "All human beings are born free and equal in dignity and rights."),
        ("Spanish", "Todos los seres humanos nacen libres e iguales en dignidad y derechos."),
        ("German", "Alle Menschen sind frei und gleich an Würde und Rechten geboren."),
        ("Russian", "Все люди рождаются свободными и равными в своем достоинстве и правах."),
        ("Arabic", "يولد جميع الناس أحرارا متساوين في الكرامة والحقوق."),
        ("Japanese", "すべての人間は、生まれながらにして自由であり、かつ、尊厳と権利とについて平等である。"),
        ("Hindi", "सभी मनुष्यों को गौरव और अधिकारों के मामले में जन्मजात स्वतन्त्रता और समानता प्राप्त है।"),
        ("Yoruba", "Gbogbo ènìyàn ni a bí ní òmìnira; iyì àti ẹ̀tọ́ kọ̀ọ̀kan sì dọ́gba."),
    ];
}
