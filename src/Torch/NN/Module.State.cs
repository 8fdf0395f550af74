namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            /// <summary>Parameters and persistent buffers by dotted name: all parameters, then all buffers, then further names of shared ones.</summary>
            /// <param name="destination">A dictionary to add to; null for a new one.</param>
            /// <param name="prefix">What to put before each name, without the dot.</param>
            /// <returns>The dictionary. Its tensors are the module's own, not copies.</returns>
            public virtual Dictionary<string, Tensor> state_dict(Dictionary<string, Tensor>? destination = null, string? prefix = null)
            {
                destination ??= [];
                var lead = string.IsNullOrEmpty(prefix) ? "" : prefix + ".";
                foreach (var (key, parameter) in named_parameters()) destination.TryAdd(lead + key, parameter);
                foreach (var (key, buffer) in named_buffers(include_nonpersistent: false)) destination.TryAdd(lead + key, buffer);
                foreach (var (child, module) in _submodules) module.state_dict(destination, lead + child);
                return destination;
            }

            /// <summary>Copies values into this module's parameters and buffers, by name.</summary>
            /// <param name="source">Values by dotted name; a value is converted to the dtype and device of its target.</param>
            /// <param name="strict">True when the names must be exactly those of <see cref="state_dict"/>.</param>
            /// <param name="skip">Names to leave alone on both sides.</param>
            /// <returns>The names that the source lacks, and those that this module does not have.</returns>
            /// <exception cref="InvalidOperationException">strict, and the names differ.</exception>
            public virtual (IList<string> missing_keys, IList<string> unexpected_keyes) load_state_dict(
                Dictionary<string, Tensor> source, bool strict = true, IList<string>? skip = null)
            {
                var skipped = new HashSet<string>(skip ?? [], StringComparer.Ordinal);
                var destination = state_dict();
                var unexpected = source.Keys.Where(key => !skipped.Contains(key) && !destination.ContainsKey(key)).ToList();
                var missing = destination.Keys.Where(key => !skipped.Contains(key) && !source.ContainsKey(key)).ToList();
                if (strict && (missing.Count > 0 || unexpected.Count > 0)) throw Mismatch(missing, unexpected);

                using var _ = no_grad();
                foreach (var (key, value) in source)
                    if (!skipped.Contains(key) && destination.TryGetValue(key, out var target)) target.copy_(value);
                return (missing, unexpected);
            }

            private InvalidOperationException Mismatch(List<string> missing, List<string> unexpected) => new(
                "The loaded state_dict is not identical to the target dictionary. " +
                $"{GetName()} misses {Listed(missing)}; unexpected: {Listed(unexpected)}. Pass strict: false to load what fits.");

            private static string Listed(List<string> keys) => keys.Count switch
            {
                0 => "none",
                <= 5 => string.Join(", ", keys),
                _ => $"{string.Join(", ", keys.Take(5))} and {keys.Count - 5} more",
            };
        }
    }
}
