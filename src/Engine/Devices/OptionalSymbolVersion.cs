#nullable disable
#pragma warning disable IDE0005 // The build compiles this file without implicit usings.
using System;
using System.IO;
using System.Text;

namespace LlmRabbitHoles.Devices
{
    /// <summary>
    /// Marks one symbol version that an ELF library needs as optional, so that a system without that version loads the library.
    /// The build and the engine share this file: the build compiles it into a task (src/Engine/Devices/Native.targets), hence its plain C#.
    /// </summary>
    /// <remarks>
    /// TorchSharp's libLibTorchSharp.so needs GLIBCXX_3.4.32 (GCC 13) for one symbol that no relocation uses. Older systems refuse the
    /// library for that entry alone. VER_FLG_WEAK tells the loader to go on: LSB Core 5.0, "Symbol Versioning", section 10.7.4.
    /// </remarks>
    internal static class OptionalSymbolVersion
    {
        /// <summary>The version that TorchSharp's library needs and systems before GCC 13 lack.</summary>
        public const string Gcc13 = "GLIBCXX_3.4.32";

        private const int SectionVersionNeeds = 0x6ffffffe;
        private const byte Weak = 2;

        /// <summary>
        /// The library with the version marked, or null when there is nothing to mark: it is optional already, or not needed.
        /// </summary>
        /// <param name="version">As the file names it, <see cref="Gcc13"/>.</param>
        /// <param name="elf">A 64-bit little-endian ELF file; it stays as it is.</param>
        /// <exception cref="InvalidDataException">The bytes are not such a file, or they end early.</exception>
        public static byte[] Mark(byte[] elf, string version)
        {
            int entry = Find(elf, version);
            if (entry < 0 || (elf[entry + 4] & Weak) != 0) return null;
            var marked = (byte[])elf.Clone();
            marked[entry + 4] |= Weak;
            return marked;
        }

        /// <summary>Writes <paramref name="source"/> with the version marked to <paramref name="target"/>, in one step.</summary>
        /// <param name="source">The library; it stays as it is.</param>
        /// <param name="version">As the file names it, <see cref="Gcc13"/>.</param>
        /// <param name="target">Another file, or the same one; its folder is made.</param>
        public static void Mark(string source, string target, string version)
        {
            byte[] elf = File.ReadAllBytes(source);
            string written = target + "." + Guid.NewGuid().ToString("N");
            Directory.CreateDirectory(Path.GetDirectoryName(target));
            try
            {
                File.WriteAllBytes(written, Mark(elf, version) ?? elf);
                if (File.Exists(target)) File.Replace(written, target, null);
                else File.Move(written, target);
            }
            finally
            {
                File.Delete(written);
            }
        }

        // Elf64_Verneed, 16 bytes: | version u16 | count u16 | file u32 | first entry u32 | next u32 |   offsets are relative to the record
        // Elf64_Vernaux, 16 bytes: | hash u32 | flags u16 | index u16 | name u32 | next u32 |
        internal static int Find(byte[] elf, string version)
        {
            try
            {
                if (elf[0] != 0x7f || elf[1] != 'E' || elf[2] != 'L' || elf[3] != 'F' || elf[4] != 2 || elf[5] != 1)
                    throw new InvalidDataException("This is not a 64-bit little-endian ELF file.");
                long sections = BitConverter.ToInt64(elf, 0x28);
                int size = BitConverter.ToUInt16(elf, 0x3A), count = BitConverter.ToUInt16(elf, 0x3C);
                for (int i = 0; i < count; i++)
                {
                    int section = checked((int)(sections + (long)i * size));
                    if (BitConverter.ToInt32(elf, section + 4) != SectionVersionNeeds) continue;
                    int names = checked((int)(sections + (long)BitConverter.ToUInt32(elf, section + 40) * size));
                    return FindNeed(
                        elf, checked((int)BitConverter.ToInt64(elf, section + 24)), checked((int)BitConverter.ToInt64(elf, names + 24)),
                        version);
                }

                return -1;
            }
            catch (Exception e) when (e is ArgumentException || e is IndexOutOfRangeException || e is OverflowException)
            {
                throw new InvalidDataException("This ELF file ends before its section headers say.", e);
            }
        }

        private static int FindNeed(byte[] elf, int need, int names, string version)
        {
            for (int next = 1; next != 0; need = checked(need + next))
            {
                int entry = checked(need + (int)BitConverter.ToUInt32(elf, need + 8));
                for (int step = 1; step != 0; entry = checked(entry + step))
                {
                    if (TextAt(elf, checked(names + (int)BitConverter.ToUInt32(elf, entry + 8))) == version) return entry;
                    step = checked((int)BitConverter.ToUInt32(elf, entry + 12));
                }

                next = checked((int)BitConverter.ToUInt32(elf, need + 12));
            }

            return -1;
        }

        private static string TextAt(byte[] elf, int start)
        {
            int end = Array.IndexOf(elf, (byte)0, start);
            return Encoding.ASCII.GetString(elf, start, (end < 0 ? elf.Length : end) - start);
        }
    }
}

#if !ENGINE
namespace LlmRabbitHoles.Build
{
    /// <summary>The build's step: the marked copy of a package's library.</summary>
    public sealed class MarkSymbolVersion : Microsoft.Build.Utilities.Task
    {
        [Microsoft.Build.Framework.Required] public string Source { get; set; }

        [Microsoft.Build.Framework.Required] public string Target { get; set; }

        public override bool Execute()
        {
            Devices.OptionalSymbolVersion.Mark(Source, Target, Devices.OptionalSymbolVersion.Gcc13);
            return true;
        }
    }
}
#endif
