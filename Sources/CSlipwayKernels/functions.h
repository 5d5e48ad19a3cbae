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
#define Bits NAMED(bits)
#define WideBits NAMED(wide_bits)
#define CHOSEN(mask, yes, no) (((__typeof__(mask))(yes) & (mask)) | ((__typeof__(mask))(no) & ~(mask)))

typedef float Floats __attribute__((vector_size(WIDTH)));
typedef int32_t Bits __attribute__((vector_size(WIDTH)));
typedef double Doubles __attribute__((vector_size(WIDTH)));
typedef int64_t WideBits __attribute__((vector_size(WIDTH)));
typedef float Halves __attribute__((vector_size(WIDTH / 2)));

/// `e^x` of floats.
INLINE TARGET void NAMED(exponential)(Floats *x)
{
    // Beyond these bounds the result is zero or infinite; NaN is beyond none and stays what it is.
    const Floats lowest = (Floats){0} - 104.0f;
    const Floats highest = (Floats){0} + 89.0f;
    Floats bounded = (Floats)CHOSEN(*x < lowest, lowest, *x);
    bounded = (Floats)CHOSEN(bounded > highest, highest, bounded);
    // Added to a number of this size, another one is rounded to a whole one, which its last bits then hold.
    const Floats rounder = (Floats){0} + 12582912.0f;
    const Floats shifted = bounded * 1.44269504f + rounder;
    const Floats whole = shifted - rounder;
    const Bits power = (Bits)shifted - (Bits)rounder;
    const Floats rest = bounded - whole * 0.693359375f + whole * 2.1219444e-4f;
    Floats sum = rest * 1.98756915e-4f + 1.3981999507e-3f;
    sum = sum * rest + 8.3334519073e-3f;
    sum = sum * rest + 4.1665795894e-2f;
    sum = sum * rest + 1.6666665459e-1f;
    sum = sum * rest + 5.0000001201e-1f;
    sum = sum * (rest * rest) + rest + 1.0f;
    // Two steps, since the whole power of two may be beyond what the exponent of one number holds.
    const Bits half = power >> 1;
    *x = sum * (Floats)((half + 127) << 23) * (Floats)((power - half + 127) << 23);
}

INLINE TARGET void NAMED(sigmoid)(Floats *x)
{
    Floats raised = -*x;
    NAMED(exponential)(&raised);
    *x = 1.0f / (1.0f + raised);
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
    NAMED(exponential)(&raised);
    const Floats far = 1.0f - 2.0f / (raised + 1.0f);
    const Bits isNear = (*x < 0.625f) & (*x > -0.625f);
    const Floats value = (Floats)CHOSEN(isNear, near, far);
    // The sum above would lose the sign of -0.
    *x = (Floats)CHOSEN(*x == 0.0f, *x, value);
}

/// `e^x` of doubles, as exactly as a float needs it.
INLINE TARGET void NAMED(exact_exponential)(Doubles *x)
{
    const Doubles lowest = (Doubles){0} - 104.0;
    const Doubles highest = (Doubles){0} + 89.0;
    Doubles bounded = (Doubles)CHOSEN(*x < lowest, lowest, *x);
    bounded = (Doubles)CHOSEN(bounded > highest, highest, bounded);
    const Doubles rounder = (Doubles){0} + 0x1.8p52;
    const Doubles shifted = bounded * 0x1.71547652b82fep+0 + rounder;
    const Doubles whole = shifted - rounder;
    const WideBits power = (WideBits)shifted - (WideBits)rounder;
    // The logarithm of 2 in two parts, the first of which has few enough bits for an exact product.
    const Doubles rest = bounded - whole * 0x1.62e42feep-1 - whole * 0x1.a39ef35793c76p-33;
    // Taylor's series, whose next term is below 2^-57 for a rest of at most half the logarithm of 2.
    Doubles sum = rest * (1.0 / 6227020800) + 1.0 / 479001600;
    sum = sum * rest + 1.0 / 39916800;
    sum = sum * rest + 1.0 / 3628800;
    sum = sum * rest + 1.0 / 362880;
    sum = sum * rest + 1.0 / 40320;
    sum = sum * rest + 1.0 / 5040;
    sum = sum * rest + 1.0 / 720;
    sum = sum * rest + 1.0 / 120;
    sum = sum * rest + 1.0 / 24;
    sum = sum * rest + 1.0 / 6;
    sum = sum * rest + 0.5;
    sum = sum * rest + 1.0;
    sum = sum * rest + 1.0;
    *x = sum * (Doubles)((power + 1023) << 52);
}

INLINE TARGET void NAMED(apply_one)(enum slipway_function function, Floats *x)
{
    switch (function) {
    case slipway_exponential: NAMED(exponential)(x); break;
    case slipway_sigmoid: NAMED(sigmoid)(x); break;
    case slipway_hyperbolic_tangent: NAMED(hyperbolic_tangent)(x); break;
    }
}

INLINE TARGET void NAMED(apply_all)(enum slipway_function function, float *values, intptr_t count)
{
    const intptr_t lanes = WIDTH / sizeof(float);
    Floats vector = {0};
    intptr_t index = 0;
    for (; index + lanes <= count; index += lanes) {
        __builtin_memcpy(&vector, values + index, sizeof vector);
        NAMED(apply_one)(function, &vector);
        __builtin_memcpy(values + index, &vector, sizeof vector);
    }
    const size_t rest = (size_t)(count - index) * sizeof(float);
    if (rest == 0) return;
    __builtin_memcpy(&vector, values + index, rest);
    NAMED(apply_one)(function, &vector);
    __builtin_memcpy(values + index, &vector, rest);
}

static TARGET void NAMED(apply)(enum slipway_function function, float *values, intptr_t count)
{
    switch (function) {
    case slipway_exponential: NAMED(apply_all)(slipway_exponential, values, count); break;
    case slipway_sigmoid: NAMED(apply_all)(slipway_sigmoid, values, count); break;
    case slipway_hyperbolic_tangent: NAMED(apply_all)(slipway_hyperbolic_tangent, values, count); break;
    }
}

static TARGET void NAMED(apply_exactly)(
    enum slipway_function function, double factor, const double *values, float *result, intptr_t count)
{
    const intptr_t lanes = WIDTH / sizeof(double);
    const bool isTangent = function == slipway_hyperbolic_tangent;
    for (intptr_t index = 0; index < count; index += lanes) {
        Doubles x;
        __builtin_memcpy(&x, values + index, sizeof x);
        x *= isTangent ? 2 * factor : factor;
        NAMED(exact_exponential)(&x);
        if (isTangent) x = 1.0 - 2.0 / (x + 1.0);
        if (function == slipway_sigmoid) x = x / (1.0 + x);
        const Halves rounded = __builtin_convertvector(x, Halves);
        __builtin_memcpy(result + index, &rounded, sizeof rounded);
    }
}

#undef NAMED_
#undef NAMED_AS
#undef NAMED
#undef Floats
#undef Doubles
#undef Halves
#undef Bits
#undef WideBits
#undef CHOSEN
#undef SUFFIX
#undef TARGET
#undef WIDTH
