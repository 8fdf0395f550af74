using System.Reflection;
using TorchSharp.Modules;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            private bool _componentsRegistered;

            /// <summary>Registers every field that holds a module, a parameter or a tensor; call it last in a constructor.</summary>
            /// <remarks>Fields are taken in order of declaration, those of the derived class first. A name that is registered already stays as it is.</remarks>
            protected virtual void RegisterComponents()
            {
                if (_componentsRegistered) return;
                foreach (var (component, field) in ComponentFields())
                {
                    if (IsRegistered(component)) continue;
                    switch (field.GetValue(this))
                    {
                    case Module submodule:
                        register_module(component, submodule);
                        break;
                    case Parameter parameter:
                        register_parameter(component, parameter);
                        break;
                    case Tensor buffer:
                        register_buffer(component, buffer);
                        break;
                    }
                }
                _componentsRegistered = true;
            }

            /// <summary>Adds a submodule, and registers the submodule's own components.</summary>
            /// <param name="name">Its name; not empty and without dots.</param>
            /// <param name="submodule">The module; null takes the name away.</param>
            /// <exception cref="ArgumentException">The name is empty or holds a dot.</exception>
            /// <exception cref="InvalidOperationException">The name is taken.</exception>
            public virtual void register_module(string name, Module submodule)
            {
                if (submodule is null)
                {
                    _submodules.Remove(name);
                    return;
                }
                if (string.IsNullOrEmpty(name)) throw new ArgumentException("A submodule's name is empty; give it one.", nameof(name));
                if (name.Contains('.', StringComparison.Ordinal))
                    throw new ArgumentException($"Submodule name '{name}' holds a dot, which separates the levels of a state_dict key. Use another character.", nameof(name));
                if (_submodules.ContainsKey(name)) throw AlreadyRegistered("Submodule", name);
                submodule.RegisterComponents();
                _submodules.Add(name, submodule);
            }

            /// <summary>Adds a parameter.</summary>
            /// <param name="name">Its name.</param>
            /// <param name="param">The parameter, owned by this module from now on.</param>
            /// <exception cref="ArgumentNullException">The parameter is null or disposed.</exception>
            /// <exception cref="InvalidOperationException">The name is taken.</exception>
            public virtual void register_parameter(string name, Parameter param)
            {
                if (param is null || param.IsInvalid)
                    throw new ArgumentNullException(nameof(param), $"Parameter '{name}' is null or disposed; only a live one can be registered.");
                if (!_ownParameters.TryAdd(name, param)) throw AlreadyRegistered("Parameter", name);
            }

            /// <summary>Adds a tensor that is part of the module's state without being learned.</summary>
            /// <param name="name">Its name.</param>
            /// <param name="tensor">The tensor, owned by this module from now on.</param>
            /// <param name="persistent">
            /// False keeps it out of the state_dict; such a buffer is also neither listed, moved nor disposed by the module.
            /// </param>
            /// <exception cref="ArgumentNullException">The tensor is null or disposed.</exception>
            /// <exception cref="InvalidOperationException">The name is taken.</exception>
            public virtual void register_buffer(string name, Tensor tensor, bool persistent = true)
            {
                if (tensor is null || tensor.IsInvalid)
                    throw new ArgumentNullException(nameof(tensor), $"Buffer '{name}' is null or disposed; only a live one can be registered.");
                if (!_ownBuffers.TryAdd(name, (tensor, persistent))) throw AlreadyRegistered("Buffer", name);
            }

            /// <summary>Adds or replaces a parameter; null takes the name away.</summary>
            /// <param name="name">Its name.</param>
            /// <param name="value">The parameter.</param>
            protected void ConditionallyRegisterParameter(string name, Parameter? value)
            {
                if (value is null) _ownParameters.Remove(name);
                else _ownParameters[name] = value;
            }

            /// <summary>Adds or replaces a buffer; null takes the name away.</summary>
            /// <param name="name">Its name.</param>
            /// <param name="value">The tensor.</param>
            /// <param name="persistent">False keeps it out of the state_dict.</param>
            protected void ConditionallyRegisterBuffer(string name, Tensor? value, bool persistent = true)
            {
                if (value is null) _ownBuffers.Remove(name);
                else _ownBuffers[name] = (value, persistent);
            }

            private bool IsRegistered(string component) =>
                _submodules.ContainsKey(component) || _ownParameters.ContainsKey(component) || _ownBuffers.ContainsKey(component);

            private IEnumerable<(string Component, FieldInfo Field)> ComponentFields()
            {
                const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly;
                var seen = new HashSet<string>(StringComparer.Ordinal);
                for (var type = GetType(); type is not null && type != typeof(Module); type = type.BaseType)
                    foreach (var field in type.GetFields(Declared))
                        if (seen.Add(field.Name))
                            yield return (field.GetCustomAttribute<ComponentNameAttribute>()?.Name ?? field.Name, field);
            }

            private InvalidOperationException AlreadyRegistered(string kind, string name) =>
                new($"{kind} '{name}' is registered already in {GetName()}. Choose another name.");
        }
    }
}
