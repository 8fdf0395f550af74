namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>What becomes of the losses of the single elements.</summary>
        public enum Reduction
        {
            /// <summary>They stay as they are.</summary>
            None,

            /// <summary>Their mean; for class weights, the weighted mean.</summary>
            Mean,

            /// <summary>Their sum.</summary>
            Sum,
        }
    }
}
