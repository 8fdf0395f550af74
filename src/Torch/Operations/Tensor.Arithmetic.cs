using static TorchSharp.Interop.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    /// <content>Arithmetic with another tensor or a number. Shapes broadcast, dtypes promote as in PyTorch.</content>
    public partial class Tensor
    {
        private static readonly Scalar One = 1;

        /// <summary>The sum.</summary>
        public Tensor add(Tensor target) => rabbit_add(this, target, One);

        /// <summary>this + alpha * target.</summary>
        public Tensor add(Tensor target, Scalar alpha) => rabbit_add(this, target, alpha);

        /// <summary>The sum with a number.</summary>
        public Tensor add(Scalar scalar) => rabbit_add_scalar(this, scalar, One);

        /// <summary>this + alpha * scalar.</summary>
        public Tensor add(Scalar scalar, Scalar alpha) => rabbit_add_scalar(this, scalar, alpha);

        /// <summary>Adds target. Returns this tensor.</summary>
        public Tensor add_(Tensor target) => InPlace(rabbit_add_(this, target, One));

        /// <summary>Adds alpha * target. Returns this tensor.</summary>
        public Tensor add_(Tensor target, Scalar alpha) => InPlace(rabbit_add_(this, target, alpha));

        /// <summary>Adds a number. Returns this tensor.</summary>
        public Tensor add_(Scalar scalar) => InPlace(rabbit_add_scalar_(this, scalar, One));

        /// <summary>Adds alpha * scalar. Returns this tensor.</summary>
        public Tensor add_(Scalar scalar, Scalar alpha) => InPlace(rabbit_add_scalar_(this, scalar, alpha));

        /// <summary>The difference with another tensor.</summary>
        public Tensor sub(Tensor target) => rabbit_sub(this, target);

        /// <summary>The difference with a number.</summary>
        public Tensor sub(Scalar target) => rabbit_sub_scalar(this, target);

        /// <summary>Subtracts another tensor. Returns this tensor.</summary>
        public Tensor sub_(Tensor target) => InPlace(rabbit_sub_(this, target));

        /// <summary>Subtracts a number. Returns this tensor.</summary>
        public Tensor sub_(Scalar target) => InPlace(rabbit_sub_scalar_(this, target));

        /// <summary>As sub.</summary>
        public Tensor subtract(Tensor target) => sub(target);

        /// <summary>As sub.</summary>
        public Tensor subtract(Scalar target) => sub(target);

        /// <summary>The product with another tensor.</summary>
        public Tensor mul(Tensor target) => rabbit_mul(this, target);

        /// <summary>The product with a number.</summary>
        public Tensor mul(Scalar target) => rabbit_mul_scalar(this, target);

        /// <summary>Multiplies by another tensor. Returns this tensor.</summary>
        public Tensor mul_(Tensor target) => InPlace(rabbit_mul_(this, target));

        /// <summary>Multiplies by a number. Returns this tensor.</summary>
        public Tensor mul_(Scalar target) => InPlace(rabbit_mul_scalar_(this, target));

        /// <summary>As mul.</summary>
        public Tensor multiply(Tensor target) => mul(target);

        /// <summary>As mul.</summary>
        public Tensor multiply(Scalar target) => mul(target);

        /// <summary>The quotient with another tensor.</summary>
        public Tensor div(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => rabbit_div(this, target, (int)rounding_mode);

        /// <summary>The quotient with a number.</summary>
        public Tensor div(Scalar target, RoundingMode rounding_mode = RoundingMode.None) =>
            rabbit_div_scalar(this, target, (int)rounding_mode);

        /// <summary>Divides by another tensor. Returns this tensor.</summary>
        public Tensor div_(Tensor target, RoundingMode rounding_mode = RoundingMode.None) =>
            InPlace(rabbit_div_(this, target, (int)rounding_mode));

        /// <summary>Divides by a number. Returns this tensor.</summary>
        public Tensor div_(Scalar target, RoundingMode rounding_mode = RoundingMode.None) =>
            InPlace(rabbit_div_scalar_(this, target, (int)rounding_mode));

        /// <summary>As div.</summary>
        public Tensor divide(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => div(target, rounding_mode);

        /// <summary>As div.</summary>
        public Tensor divide(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => div(target, rounding_mode);

        /// <summary>The quotient, rounded down, with another tensor.</summary>
        public Tensor floor_divide(Tensor other) => rabbit_floor_divide(this, other);

        /// <summary>The quotient, rounded down, with a number.</summary>
        public Tensor floor_divide(Scalar other) => rabbit_floor_divide_scalar(this, other);

        /// <summary>Divides, rounding down, by another tensor. Returns this tensor.</summary>
        public Tensor floor_divide_(Tensor other) => InPlace(rabbit_floor_divide_(this, other));

        /// <summary>Divides, rounding down, by a number. Returns this tensor.</summary>
        public Tensor floor_divide_(Scalar other) => InPlace(rabbit_floor_divide_scalar_(this, other));

        /// <summary>The remainder, with the sign of the divisor, with another tensor.</summary>
        public Tensor remainder(Tensor target) => rabbit_remainder(this, target);

        /// <summary>The remainder, with the sign of the divisor, with a number.</summary>
        public Tensor remainder(Scalar scalar) => rabbit_remainder_scalar(this, scalar);

        /// <summary>Takes the remainder of division by another tensor. Returns this tensor.</summary>
        public Tensor remainder_(Tensor target) => InPlace(rabbit_remainder_(this, target));

        /// <summary>Takes the remainder of division by a number. Returns this tensor.</summary>
        public Tensor remainder_(Scalar scalar) => InPlace(rabbit_remainder_scalar_(this, scalar));

        /// <summary>The remainder, with the sign of the dividend, with another tensor.</summary>
        public Tensor fmod(Tensor target) => rabbit_fmod(this, target);

        /// <summary>The remainder, with the sign of the dividend, with a number.</summary>
        public Tensor fmod(Scalar scalar) => rabbit_fmod_scalar(this, scalar);

        /// <summary>Takes the remainder (with its own sign) of division by another tensor. Returns this tensor.</summary>
        public Tensor fmod_(Tensor target) => InPlace(rabbit_fmod_(this, target));

        /// <summary>Takes the remainder (with its own sign) of division by a number. Returns this tensor.</summary>
        public Tensor fmod_(Scalar scalar) => InPlace(rabbit_fmod_scalar_(this, scalar));

        /// <summary>Each element to the power of its exponent.</summary>
        public Tensor pow(Tensor exponent) => rabbit_pow(this, exponent);

        /// <summary>Each element to the same power.</summary>
        public Tensor pow(Scalar exponent) => rabbit_pow_scalar(this, exponent);

        /// <summary>Raises to the powers in another tensor. Returns this tensor.</summary>
        public Tensor pow_(Tensor exponent) => InPlace(rabbit_pow_(this, exponent));

        /// <summary>Raises to a power. Returns this tensor.</summary>
        public Tensor pow_(Scalar exponent) => InPlace(rabbit_pow_scalar_(this, exponent));

        /// <summary>The angle of the point (other, this), in radians.</summary>
        public Tensor atan2(Tensor other) => rabbit_atan2(this, other);

        /// <summary>The greater of two elements each; NaN wins.</summary>
        public Tensor maximum(Tensor other) => rabbit_maximum(this, other);

        /// <summary>The lesser of two elements each; NaN wins.</summary>
        public Tensor minimum(Tensor other) => rabbit_minimum(this, other);

        /// <summary>The greater of two elements each; NaN wins.</summary>
        public Tensor max(Tensor other) => rabbit_maximum(this, other);

        /// <summary>The lesser of two elements each; NaN wins.</summary>
        public Tensor min(Tensor other) => rabbit_minimum(this, other);

        /// <summary>Each element, but no less than min and no more than max; null is no bound.</summary>
        public Tensor clamp(Scalar? min = null, Scalar? max = null) => rabbit_clamp_scalar(this, min, max);

        /// <summary>Each element, but no less than min and no more than max; null is no bound.</summary>
        public Tensor clamp(Tensor? min = null, Tensor? max = null) => rabbit_clamp(this, min, max);

        /// <summary>Bounds each element; null is no bound. Returns this tensor.</summary>
        public Tensor clamp_(Scalar? min = null, Scalar? max = null) => InPlace(rabbit_clamp_scalar_(this, min, max));

        /// <summary>Bounds each element; null is no bound. Returns this tensor.</summary>
        public Tensor clamp_(Tensor? min = null, Tensor? max = null) => InPlace(rabbit_clamp_(this, min, max));

        /// <summary>Each element, but no more than max.</summary>
        public Tensor clamp_max(Scalar max) => rabbit_clamp_scalar(this, null, max);

        /// <summary>Each element, but no less than min.</summary>
        public Tensor clamp_min(Scalar min) => rabbit_clamp_scalar(this, min, null);

        /// <summary>this + value * tensor1 * tensor2.</summary>
        public Tensor addcmul(Tensor tensor1, Tensor tensor2, Scalar value) => rabbit_addcmul(this, tensor1, tensor2, value);

        /// <summary>Adds value * tensor1 * tensor2. Returns this tensor.</summary>
        public Tensor addcmul_(Tensor tensor1, Tensor tensor2, Scalar value) => InPlace(rabbit_addcmul_(this, tensor1, tensor2, value));

        /// <summary>this + tensor1 / tensor2.</summary>
        public Tensor addcdiv(Tensor tensor1, Tensor tensor2) => rabbit_addcdiv(this, tensor1, tensor2, One);

        /// <summary>this + value * tensor1 / tensor2.</summary>
        public Tensor addcdiv(Tensor tensor1, Tensor tensor2, Scalar value) => rabbit_addcdiv(this, tensor1, tensor2, value);

        /// <summary>Adds tensor1 / tensor2. Returns this tensor.</summary>
        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2) => InPlace(rabbit_addcdiv_(this, tensor1, tensor2, One));

        /// <summary>Adds value * tensor1 / tensor2. Returns this tensor.</summary>
        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2, Scalar value) => InPlace(rabbit_addcdiv_(this, tensor1, tensor2, value));

        /// <summary>this + weight * (end - this).</summary>
        public Tensor lerp(Tensor end, Tensor weight) => rabbit_lerp(this, end, weight);

        /// <summary>Moves by weight * (end - this). Returns this tensor.</summary>
        public Tensor lerp_(Tensor end, Tensor weight) => InPlace(rabbit_lerp_(this, end, weight));

        /// <summary>This tensor's elements where the condition holds, y's elsewhere.</summary>
        public Tensor where(Tensor condition, Tensor y) => rabbit_where(condition, this, y);
    }
}
