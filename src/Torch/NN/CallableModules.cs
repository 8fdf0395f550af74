namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>What can be called with one argument.</summary>
        /// <typeparam name="T">The argument.</typeparam>
        /// <typeparam name="TResult">The result.</typeparam>
        public interface IModule<T, TResult>
        {
            /// <summary>Runs the module.</summary>
            /// <param name="input1">The argument.</param>
            TResult call(T input1);
        }

        /// <summary>What can be called with two arguments.</summary>
        /// <typeparam name="T1">The first argument.</typeparam>
        /// <typeparam name="T2">The second argument.</typeparam>
        /// <typeparam name="TResult">The result.</typeparam>
        public interface IModule<T1, T2, TResult>
        {
            /// <summary>Runs the module.</summary>
            /// <param name="input1">The first argument.</param>
            /// <param name="input2">The second argument.</param>
            TResult call(T1 input1, T2 input2);
        }

        /// <summary>What can be called with three arguments.</summary>
        /// <typeparam name="T1">The first argument.</typeparam>
        /// <typeparam name="T2">The second argument.</typeparam>
        /// <typeparam name="T3">The third argument.</typeparam>
        /// <typeparam name="TResult">The result.</typeparam>
        public interface IModule<T1, T2, T3, TResult>
        {
            /// <summary>Runs the module.</summary>
            /// <param name="input1">The first argument.</param>
            /// <param name="input2">The second argument.</param>
            /// <param name="input3">The third argument.</param>
            TResult call(T1 input1, T2 input2, T3 input3);
        }

        /// <summary>A module whose forward takes one argument.</summary>
        /// <typeparam name="T">The argument.</typeparam>
        /// <typeparam name="TResult">The result.</typeparam>
        public abstract class Module<T, TResult> : Module, IModule<T, TResult>
        {
            /// <param name="name">What <see cref="Module.GetName"/> answers.</param>
            protected Module(string name) : base(name) { }

            /// <summary>The module's computation.</summary>
            /// <param name="input">The argument.</param>
            public abstract TResult forward(T input);

            /// <inheritdoc/>
            public TResult call(T input) => forward(input);
        }

        /// <summary>A module whose forward takes two arguments.</summary>
        /// <typeparam name="T1">The first argument.</typeparam>
        /// <typeparam name="T2">The second argument.</typeparam>
        /// <typeparam name="TResult">The result.</typeparam>
        public abstract class Module<T1, T2, TResult> : Module, IModule<T1, T2, TResult>
        {
            /// <param name="name">What <see cref="Module.GetName"/> answers.</param>
            protected Module(string name) : base(name) { }

            /// <summary>The module's computation.</summary>
            /// <param name="input1">The first argument.</param>
            /// <param name="input2">The second argument.</param>
            public abstract TResult forward(T1 input1, T2 input2);

            /// <inheritdoc/>
            public TResult call(T1 input1, T2 input2) => forward(input1, input2);
        }

        /// <summary>A module whose forward takes three arguments.</summary>
        /// <typeparam name="T1">The first argument.</typeparam>
        /// <typeparam name="T2">The second argument.</typeparam>
        /// <typeparam name="T3">The third argument.</typeparam>
        /// <typeparam name="TResult">The result.</typeparam>
        public abstract class Module<T1, T2, T3, TResult> : Module, IModule<T1, T2, T3, TResult>
        {
            /// <param name="name">What <see cref="Module.GetName"/> answers.</param>
            protected Module(string name) : base(name) { }

            /// <summary>The module's computation.</summary>
            /// <param name="input1">The first argument.</param>
            /// <param name="input2">The second argument.</param>
            /// <param name="input3">The third argument.</param>
            public abstract TResult forward(T1 input1, T2 input2, T3 input3);

            /// <inheritdoc/>
            public TResult call(T1 input1, T2 input2, T3 input3) => forward(input1, input2, input3);
        }
    }
}
