// How fast does one thread train, encode and decode?
//   dotnet run -c Release --project bench/Tokenization -- TEXT_FILE [TOKENIZER_JSON]
// TEXT_FILE is UTF-8, best some megabytes of real text. Without TOKENIZER_JSON the tokenizer that was trained on the text is used.
// MB are 10^6 bytes of UTF-8. CPU seconds are this process's own, which stand also on a busy machine. Best of five.
using System.Diagnostics;
using System.Text;
using LlmRabbitHoles.Tokenization;

if (args.Length is 0 or > 2 || !File.Exists(args[0]))
{
    Console.Error.WriteLine("usage: TEXT_FILE [TOKENIZER_JSON]");
    return 2;
}

var text = File.ReadAllText(args[0]);
var megabytes = Encoding.UTF8.GetByteCount(text) / 1e6;
Console.WriteLine($"{args[0]}: {megabytes:F1} MB, {Environment.ProcessorCount} processors");
Console.WriteLine($"{"",-24}{"MB/s",10}{"MB/CPU s",12}");

var options = new BpeTrainingOptions { VocabularySize = 4096, SpecialTokens = ["<|endoftext|>"] };
var tokenizer = Time("train to 4096", 1, () => BpeTrainer.Train(text.Split('\n').Select(line => line + "\n"), options));
if (args.Length == 2) tokenizer = Time("load (of its file)", 5, () => ByteLevelBpe.Load(args[1]), new FileInfo(args[1]).Length / 1e6);

var ids = tokenizer.Encode(text);
if (tokenizer.Decode(ids) != text) Console.WriteLine("note: decoding doesn't give the text back; this tokenizer normalizes it");
Console.WriteLine($"{ids.Length} tokens, {megabytes * 1e6 / ids.Length:F2} bytes each");
var lines = text.Split('\n');
Time("encode, one text", 5, () => tokenizer.Encode(text));
Time("encode, line by line", 5, () => lines.Sum(line => tokenizer.Encode(line).Length));
Time("decode", 5, () => tokenizer.Decode(ids));
Time("decode as a stream", 5, () => Stream(tokenizer, ids));
var (from, to) = (new byte[(int)(megabytes * 1e6)], new byte[(int)(megabytes * 1e6)]);
from.AsSpan().Fill(1);
Time("copy, the limit", 5, () => from.AsSpan().TryCopyTo(to));
return 0;

T Time<T>(string what, int times, Func<T> work, double? size = null)
{
    var (wall, cpu) = (double.MaxValue, double.MaxValue);
    var result = default(T);
    for (var i = 0; i < times; i++)
    {
        var (clock, processor) = (Stopwatch.GetTimestamp(), Process.GetCurrentProcess().TotalProcessorTime);
        result = work();
        wall = Math.Min(wall, Stopwatch.GetElapsedTime(clock).TotalSeconds);
        cpu = Math.Min(cpu, (Process.GetCurrentProcess().TotalProcessorTime - processor).TotalSeconds);
    }

    Console.WriteLine($"{what,-24}{(size ?? megabytes) / wall,10:F1}{(size ?? megabytes) / cpu,12:F1}");
    return result!;
}

static int Stream(ByteLevelBpe tokenizer, int[] ids)
{
    var decoder = tokenizer.CreateDecoder();
    var characters = 0;
    foreach (var id in ids) characters += decoder.Add(id).Length;
    return characters + decoder.Flush().Length;
}
