// Functions of several numbers at once, at one width of vector.
//
// The file that includes this one defines SUFFIX, TARGET and WIDTH, as tile.h explains the latter two. All of them are
// forgotten at the end.

#define NAMED_(a, b) a##_##b
#define NAMED_AS(a, b) NAMED_(a, b)
#define NAMED(a) NAMED_AS(a, SUFFIX)
#define Floats NAMED(floats)
#define Doubles NAMED(doubles)
#define Halves NAMED(halves)
#define HalfBits NAMED(half_bits)
#define Bits NAMED(bits)
#define WideBits NAMED(wide_bits)
#define CHOSEN(mask, yes, no) (((__typeof__(mask))(yes) & (mask)) | ((__typeof__(mask))(no) & ~(mask)))

typedef float Floats __attribute__((vector_size(WIDTH)));
typedef int32_t Bits __attribute__((vector_size(WIDTH)));
typedef double Doubles __attribute__((vector_size(WIDTH)));
typedef int64_t WideBits __attribute__((vector_size(WIDTH)));
typedef float Halves __attribute__((vector_size(WIDTH / 2)));
typedef int32_t HalfBits __attribute__((vector_size(WIDTH / 2)));

/// Splits numbers, which are brought between two bounds, so that `e^x = (1 + sum) · 2^power`; the sum takes their place.
INLINE TARGET void NAMED(split)(Floats *x, float lowest, float highest, Bits *power)
{
    Floats bounded = (Floats)CHOSEN(*x < lowest, (Floats){0} + lowest, *x);
    bounded = (Floats)CHOSEN(bounded > highest, (Floats){0} + highest, bounded);
    // Added to a number of this size, another one is rounded to a whole one, which its last bits then hold.
    const Floats rounder = (Floats){0} + 12582912.0f;
    const Floats shifted = bounded * 1.44269504f + rounder;
    const Floats whole = shifted - rounder;
    *power = (Bits)shifted - (Bits)rounder;
    const Floats rest = bounded - whole * 0.693359375f + whole * 2.1219444e-4f;
    Floats sum = rest * 1.98756915e-4f + 1.3981999507e-3f;
    sum = sum * rest + 8.3334519073e-3f;
    sum = sum * rest + 4.1665795894e-2f;
    sum = sum * rest + 1.6666665459e-1f;
    sum = sum * rest + 5.0000001201e-1f;
    *x = sum * (rest * rest) + rest;
}

/// `e^x` of floats, or with `less_one` `e^x - 1`.
INLINE TARGET void NAMED(raise)(Floats *x, bool less_one)
{
    // Beyond these bounds the result is zero, or 1 below zero, or infinite; NaN is beyond none and stays what it is.
    Bits power;
    NAMED(split)(x, less_one ? -87.0f : -104.0f, 89.0f, &power);
    // Two steps, since the whole power of two may be beyond what the exponent of one number holds.
    const Bits half = power >> 1;
    const Floats first = (Floats)((half + 127) << 23);
    const Floats second = (Floats)((power - half + 127) << 23);
    *x = less_one ? *x * first * second + (first * second - 1.0f) : (*x + 1.0f) * first * second;
}

INLINE TARGET void NAMED(exponential)(Floats *x) { NAMED(raise)(x, false); }

/// `e^x / 2` of floats, for sums in which its smallest values vanish: zero from -87 on.
///
/// Half of it, since the power of two is then always one that the exponent of a number holds. Numbers too small for a full
/// mantissa, which many processors compute with a hundred times as slowly, do not come up.
INLINE TARGET void NAMED(raise_halved)(Floats *x)
{
    Bits power;
    NAMED(split)(x, -87.0f, 89.5f, &power);
    *x = (*x + 1.0f) * (Floats)((power + 126) << 23);
}

/// The natural logarithm.
INLINE TARGET void NAMED(logarithm)(Floats *x)
{
    // A number too small for a full mantissa is made larger by 2^23 first.
    const Bits isTiny = *x < 0x1p-126f;
    const Floats scaled = (Floats)CHOSEN(isTiny, *x * 8388608.0f, *x);
    // The exponent is counted from the root of one half, so that what is left lies around 1.
    const Bits distance = (Bits)scaled - 0x3F3504F3;
    const Floats rounder = (Floats){0} + 12582912.0f;
    const Floats power = (Floats)((distance >> 23) + (Bits)rounder);
    const Floats exponent = (Floats)CHOSEN(isTiny, power - rounder - 23.0f, power - rounder);
    const Floats rest = (Floats)((distance & 0x7FFFFF) + 0x3F3504F3) - 1.0f;
    const Floats square = rest * rest;
    Floats sum = rest * 7.0376836292e-2f - 1.1514610310e-1f;
    sum = sum * rest + 1.1676998740e-1f;
    sum = sum * rest - 1.2420140846e-1f;
    sum = sum * rest + 1.4249322787e-1f;
    sum = sum * rest - 1.6668057665e-1f;
    sum = sum * rest + 2.0000714765e-1f;
    sum = sum * rest - 2.4999993993e-1f;
    sum = sum * rest + 3.3333331174e-1f;
    const Floats tail = sum * rest * square - exponent * 2.1219444e-4f - square * 0.5f;
    Floats result = rest + tail + exponent * 0.693359375f;
    result = (Floats)CHOSEN(*x == 0.0f, (Floats){0} - __builtin_inff(), result);
    result = (Floats)CHOSEN(*x < 0.0f, (Floats){0} + __builtin_nanf(""), result);
    // Infinity and NaN stay what they are.
    *x = (Floats)CHOSEN(*x <= 0x1.fffffep127f, result, *x);
}

INLINE TARGET void NAMED(sigmoid)(Floats *x)
{
    Floats raised = -*x;
    NAMED(raise_halved)(&raised);
    *x = 0.5f / (0.5f + raised);
}

/// The sigmoid as classic models compute it: of a negative number as what is left of its mirror image.
INLINE TARGET void NAMED(logistic)(Floats *x)
{
    const Bits isNegative = *x < 0.0f;
    Floats raised = (Floats)CHOSEN(isNegative, *x, -*x);
    NAMED(raise_halved)(&raised);
    const Floats mirrored = 0.5f / (0.5f + raised);
    *x = (Floats)CHOSEN(isNegative, 1.0f - mirrored, mirrored);
}

INLINE TARGET void NAMED(hyperbolic_tangent)(Floats *x)
{
    const Floats square = *x * *x;
    Floats sum = square * -5.70498872745e-3f + 2.06390887954e-2f;
    sum = sum * square - 5.37397155531e-2f;
    sum = sum * square + 1.33314422036e-1f;
    sum = sum * square - 3.33332819422e-1f;
    const Floats near = sum * square * *x + *x;
    Floats raised = *x + *x;
    NAMED(raise_halved)(&raised);
    const Floats far = 1.0f - 1.0f / (raised + 0.5f);
    const Bits isNear = (*x < 0.625f) & (*x > -0.625f);
    const Floats value = (Floats)CHOSEN(isNear, near, far);
    // The sum above would lose the sign of -0.
    *x = (Floats)CHOSEN(*x == 0.0f, *x, value);
}

INLINE TARGET void NAMED(error_function)(Floats *x)
{
    const Floats square = *x * *x;
    Floats near = square * 7.853861353153693e-5f - 8.010193625184903e-4f;
    near = near * square + 5.188327685732524e-3f;
    near = near * square - 2.685381193529856e-2f;
    near = near * square + 1.128358514861418e-1f;
    near = near * square - 3.761262582423300e-1f;
    near = near * square + 1.128379165726710f;
    const Bits isNegative = *x < 0.0f;
    const Floats magnitude = (Floats)CHOSEN(isNegative, -*x, *x);
    // Further out, what is left of the complement when its exponential and the inverse are taken out.
    const Floats inverse = 1.0f / magnitude;
    const Floats t = inverse * inverse;
    Floats middle = t * 2.326819970068386e-2f - 1.387039388740657e-1f;
    middle = middle * t + 3.687424674597105e-1f;
    middle = middle * t - 5.824733027278666e-1f;
    middle = middle * t + 6.210004621745983e-1f;
    middle = middle * t - 4.944515323274145e-1f;
    middle = middle * t + 3.404879937665872e-1f;
    middle = middle * t - 2.741127028184656e-1f;
    middle = middle * t + 5.638259427386472e-1f;
    Floats outer = t * -10.47766399936249f + 12.97719955372516f;
    outer = outer * t - 7.495518717768503f;
    outer = outer * t + 2.921019019210786f;
    outer = outer * t - 1.015265279202700f;
    outer = outer * t + 4.218463358204948e-1f;
    outer = outer * t - 2.820767439740514e-1f;
    outer = outer * t + 5.641895067754075e-1f;
    Floats raised = -square;
    NAMED(raise_halved)(&raised);
    const Floats share = (raised + raised) * inverse * (Floats)CHOSEN(magnitude < 2.0f, middle, outer);
    const Floats far = (Floats)CHOSEN(isNegative, share - 1.0f, 1.0f - share);
    *x = (Floats)CHOSEN(magnitude < 1.0f, near * *x, far);
}

/// `scale · x`, or where x is negative `scale · alpha · (e^(x / divisor) - 1)`.
INLINE TARGET void NAMED(exponential_linear)(struct slipway_curve curve, Floats *x)
{
    Floats raised = *x / curve.divisor;
    NAMED(raise)(&raised, true);
    *x = curve.scale * (Floats)CHOSEN(*x < 0.0f, curve.alpha * raised, *x);
}

/// `log(1 + e^x)`.
INLINE TARGET void NAMED(softplus)(Floats *x)
{
    const Bits isPositive = *x > 0.0f;
    Floats sum = (Floats)CHOSEN(isPositive, -*x, *x);
    NAMED(raise_halved)(&sum);
    sum = sum + sum + 1.0f;
    NAMED(logarithm)(&sum);
    *x = (Floats)CHOSEN(isPositive, *x + sum, sum);
}

INLINE TARGET void NAMED(swish)(struct slipway_curve curve, Floats *x)
{
    Floats share = *x * curve.alpha;
    NAMED(sigmoid)(&share);
    *x *= share;
}

INLINE TARGET void NAMED(gelu)(Floats *x)
{
    Floats share = *x * 0.70710678f;
    NAMED(error_function)(&share);
    *x = 0.5f * *x * (1.0f + share);
}

INLINE TARGET void NAMED(approximate_gelu)(Floats *x)
{
    Floats share = (*x + 0.044715f * *x * *x * *x) * 0.79788456f;
    NAMED(hyperbolic_tangent)(&share);
    *x = 0.5f * *x * (1.0f + share);
}

/// `x · tanh(log(1 + e^x))` as a quotient, which is 1 from 20 on.
INLINE TARGET void NAMED(mish)(Floats *x)
{
    const Floats highest = (Floats){0} + 20.0f;
    Floats power = (Floats)CHOSEN(*x > highest, highest, *x);
    NAMED(exponential)(&power);
    const Floats share = power * (power + 2.0f);
    *x *= share / (share + 2.0f);
}

#include "doubles.h"

INLINE TARGET void NAMED(apply_one)(enum slipway_function function, struct slipway_curve curve, Floats *x)
{
    switch (function) {
    case slipway_exponential: NAMED(exponential)(x); break;
    case slipway_logarithm: NAMED(logarithm)(x); break;
    case slipway_sigmoid: NAMED(sigmoid)(x); break;
    case slipway_logistic: NAMED(logistic)(x); break;
    case slipway_hyperbolic_tangent: NAMED(hyperbolic_tangent)(x); break;
    case slipway_error_function: NAMED(error_function)(x); break;
    case slipway_exponential_linear: NAMED(exponential_linear)(curve, x); break;
    case slipway_softplus: NAMED(softplus)(x); break;
    case slipway_swish: NAMED(swish)(curve, x); break;
    case slipway_gelu: NAMED(gelu)(x); break;
    case slipway_approximate_gelu: NAMED(approximate_gelu)(x); break;
    case slipway_mish: NAMED(mish)(x); break;
    case slipway_floor: *x = __builtin_elementwise_floor(*x); break;
    case slipway_ceiling: *x = __builtin_elementwise_ceil(*x); break;
    case slipway_round: *x = __builtin_elementwise_roundeven(*x); break;
    }
}

/// Applies a function to vectors of numbers; the last of them may have lanes to spare.
#define EACH(Vector, number, apply) \
    const intptr_t lanes = WIDTH / sizeof(number); \
    Vector vector = {0}; \
    intptr_t index = 0; \
    for (; index + lanes <= count; index += lanes) { \
        __builtin_memcpy(&vector, values + index, sizeof vector); \
        apply; \
        __builtin_memcpy(result + index, &vector, sizeof vector); \
    } \
    const size_t rest = (size_t)(count - index) * sizeof(number); \
    if (rest == 0) return; \
    __builtin_memcpy(&vector, values + index, rest); \
    apply; \
    __builtin_memcpy(result + index, &vector, rest);

INLINE TARGET void NAMED(apply_all)(
    enum slipway_function function, struct slipway_curve curve, const float *values, float *result, intptr_t count)
{
    EACH(Floats, float, NAMED(apply_one)(function, curve, &vector))
}

INLINE TARGET void NAMED(apply_all_double)(
    enum slipway_function function, const double *values, double *result, intptr_t count)
{
    EACH(Doubles, double, NAMED(apply_double)(function, &vector))
}

static TARGET void NAMED(apply)(
    enum slipway_function function, struct slipway_curve curve, const float *values, float *result, intptr_t count)
{
#define APPLY(name) \
    case name: NAMED(apply_all)(name, curve, values, result, count); break
    switch (function) {
        APPLY(slipway_exponential);
        APPLY(slipway_logarithm);
        APPLY(slipway_sigmoid);
        APPLY(slipway_logistic);
        APPLY(slipway_hyperbolic_tangent);
        APPLY(slipway_error_function);
        APPLY(slipway_exponential_linear);
        APPLY(slipway_softplus);
        APPLY(slipway_swish);
        APPLY(slipway_gelu);
        APPLY(slipway_approximate_gelu);
        APPLY(slipway_mish);
        APPLY(slipway_floor);
        APPLY(slipway_ceiling);
        APPLY(slipway_round);
    }
#undef APPLY
}

static TARGET void NAMED(apply_f64)(
    enum slipway_function function, const double *values, double *result, intptr_t count)
{
#define APPLY(name) \
    case name: NAMED(apply_all_double)(name, values, result, count); break
    switch (function) {
        APPLY(slipway_exponential);
        APPLY(slipway_logarithm);
        APPLY(slipway_sigmoid);
        APPLY(slipway_hyperbolic_tangent);
        APPLY(slipway_floor);
        APPLY(slipway_ceiling);
        APPLY(slipway_round);
    default: break;
    }
#undef APPLY
}
#undef EACH

#include "columns.h"
#include "vectors.h"

#undef NAMED_
#undef NAMED_AS
#undef NAMED
#undef Floats
#undef Doubles
#undef Halves
#undef HalfBits
#undef Bits
#undef WideBits
#undef CHOSEN
#undef SUFFIX
#undef TARGET
#undef WIDTH
