using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            /// <summary>The parameters with their dotted names, each parameter once: this module's own first, then child by child.</summary>
            /// <param name="recurse">False for this module's own only.</param>
            public virtual IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true)
            {
                var seen = new HashSet<Tensor>(ReferenceEqualityComparer.Instance);
                foreach (var (own, parameter) in _ownParameters)
                    if (!parameter.IsInvalid && seen.Add(parameter)) yield return (own, parameter);
                if (!recurse) yield break;
                foreach (var (child, module) in named_children())
                    foreach (var (inner, parameter) in module.named_parameters())
                        if (seen.Add(parameter)) yield return ($"{child}.{inner}", parameter);
            }

            /// <summary>The persistent buffers with their dotted names, each once.</summary>
            /// <param name="recurse">False for this module's own only.</param>
            /// <param name="include_nonpersistent">Has no effect: buffers that are not persistent are never listed.</param>
            public virtual IEnumerable<(string name, Tensor buffer)> named_buffers(bool recurse = true, bool include_nonpersistent = true)
            {
                var seen = new HashSet<Tensor>(ReferenceEqualityComparer.Instance);
                foreach (var (own, (buffer, persistent)) in _ownBuffers)
                    if (persistent && !buffer.IsInvalid && seen.Add(buffer)) yield return (own, buffer);
                if (!recurse) yield break;
                foreach (var (child, module) in named_children())
                    foreach (var (inner, buffer) in module.named_buffers(true, include_nonpersistent))
                        if (seen.Add(buffer)) yield return ($"{child}.{inner}", buffer);
            }

            /// <summary>The immediate submodules with their names.</summary>
            public virtual IEnumerable<(string name, Module module)> named_children() =>
                _submodules.Select(child => (child.Key, child.Value));

            /// <summary>All submodules below this one with their dotted names: the immediate ones first, then what is below each.</summary>
            public virtual IEnumerable<(string name, Module module)> named_modules()
            {
                foreach (var child in named_children()) yield return child;
                foreach (var (child, module) in named_children())
                    foreach (var (inner, descendant) in module.named_modules())
                        yield return ($"{child}.{inner}", descendant);
            }

            /// <summary>The parameters, each once.</summary>
            /// <param name="recurse">False for this module's own only.</param>
            public virtual IEnumerable<Parameter> parameters(bool recurse = true) => named_parameters(recurse).Select(named => named.parameter);

            /// <summary>The persistent buffers, each once.</summary>
            /// <param name="recurse">False for this module's own only.</param>
            /// <param name="include_nonpersistent">Has no effect: buffers that are not persistent are never listed.</param>
            public virtual IEnumerable<Tensor> buffers(bool recurse = true, bool include_nonpersistent = true) =>
                named_buffers(recurse, include_nonpersistent).Select(named => named.buffer);

            /// <summary>The immediate submodules.</summary>
            public virtual IEnumerable<Module> children() => named_children().Select(named => named.module);

            /// <summary>All submodules below this one.</summary>
            public virtual IEnumerable<Module> modules() => named_modules().Select(named => named.module);
        }
    }
}
