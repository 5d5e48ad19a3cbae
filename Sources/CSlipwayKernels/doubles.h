// Functions of several doubles at once, at one width of vector; functions.h includes it and explains it.

/// `e^x` of doubles between two bounds, beyond which the result is zero or infinite in the precision that is wanted.
///
/// The power of two is applied in `steps` equal ones: it may be beyond what the exponent of one number holds.
INLINE TARGET void NAMED(raise_double)(Doubles *x, double lowest, double highest, int steps)
{
    Doubles bounded = (Doubles)CHOSEN(*x < lowest, (Doubles){0} + lowest, *x);
    bounded = (Doubles)CHOSEN(bounded > highest, (Doubles){0} + highest, bounded);
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
    if (steps == 1) {
        *x = sum * (Doubles)((power + 1023) << 52);
    } else {
        const WideBits half = power >> 1;
        *x = sum * (Doubles)((half + 1023) << 52) * (Doubles)((power - half + 1023) << 52);
    }
}

/// `e^x` of doubles, as exactly as a float needs it.
INLINE TARGET void NAMED(exact_exponential)(Doubles *x) { NAMED(raise_double)(x, -104.0, 89.0, 1); }

INLINE TARGET void NAMED(exponential_double)(Doubles *x) { NAMED(raise_double)(x, -746.0, 710.0, 2); }

/// The natural logarithm of doubles, by the formula of fdlibm's `log` (Sun Microsystems 1993).
INLINE TARGET void NAMED(logarithm_double)(Doubles *x)
{
    // A number too small for a full mantissa is made larger by 2^54 first.
    const WideBits isTiny = *x < 0x1p-1022;
    const Doubles scaled = (Doubles)CHOSEN(isTiny, *x * 0x1p54, *x);
    // The exponent is counted from the root of one half, so that what is left lies around 1.
    const WideBits distance = (WideBits)scaled - 0x3FE6A09E667F3BCD;
    const Doubles rounder = (Doubles){0} + 0x1.8p52;
    const Doubles power = (Doubles)((distance >> 52) + (WideBits)rounder) - rounder;
    const Doubles exponent = (Doubles)CHOSEN(isTiny, power - 54.0, power);
    const Doubles rest = (Doubles)((distance & 0xFFFFFFFFFFFFF) + 0x3FE6A09E667F3BCD) - 1.0;
    const Doubles half = rest * rest * 0.5;
    const Doubles quotient = rest / (rest + 2.0);
    const Doubles z = quotient * quotient;
    Doubles sum = z * 1.479819860511658591e-01 + 1.531383769920937332e-01;
    sum = sum * z + 1.818357216161805012e-01;
    sum = sum * z + 2.222219843214978396e-01;
    sum = sum * z + 2.857142874366239149e-01;
    sum = sum * z + 3.999999999940941908e-01;
    sum = sum * z + 6.666666666666735130e-01;
    sum *= z;
    const Doubles tail = quotient * (half + sum) + exponent * 1.90821492927058770002e-10;
    Doubles result = exponent * 6.93147180369123816490e-01 - (half - tail - rest);
    result = (Doubles)CHOSEN(*x == 0.0, (Doubles){0} - __builtin_inf(), result);
    result = (Doubles)CHOSEN(*x < 0.0, (Doubles){0} + __builtin_nan(""), result);
    // Infinity and NaN stay what they are.
    *x = (Doubles)CHOSEN(*x <= 0x1.fffffffffffffp1023, result, *x);
}

INLINE TARGET void NAMED(sigmoid_double)(Doubles *x)
{
    Doubles raised = -*x;
    NAMED(exponential_double)(&raised);
    *x = 1.0 / (1.0 + raised);
}

INLINE TARGET void NAMED(hyperbolic_tangent_double)(Doubles *x)
{
    const Doubles square = *x * *x;
    Doubles above = square * -9.64399179425052238628e-1 - 9.92877231001918586564e1;
    above = above * square - 1.61468768441708447952e3;
    Doubles below = square + 1.12811678491632931402e2;
    below = below * square + 2.23548839060100448583e3;
    below = below * square + 4.84406305325125486048e3;
    const Doubles near = *x + *x * square * (above / below);
    Doubles raised = *x + *x;
    NAMED(exponential_double)(&raised);
    const Doubles far = 1.0 - 2.0 / (raised + 1.0);
    const WideBits isNear = (*x < 0.625) & (*x > -0.625);
    const Doubles value = (Doubles)CHOSEN(isNear, near, far);
    // The sum above would lose the sign of -0.
    *x = (Doubles)CHOSEN(*x == 0.0, *x, value);
}

INLINE TARGET void NAMED(apply_double)(enum slipway_function function, Doubles *x)
{
    switch (function) {
    case slipway_exponential: NAMED(exponential_double)(x); break;
    case slipway_logarithm: NAMED(logarithm_double)(x); break;
    case slipway_sigmoid: NAMED(sigmoid_double)(x); break;
    case slipway_hyperbolic_tangent: NAMED(hyperbolic_tangent_double)(x); break;
    case slipway_floor: *x = __builtin_elementwise_floor(*x); break;
    case slipway_ceiling: *x = __builtin_elementwise_ceil(*x); break;
    case slipway_round: *x = __builtin_elementwise_roundeven(*x); break;
    default: break;
    }
}

/// The floats next to some doubles, all at or above them or all at or below.
INLINE TARGET void NAMED(narrow_as)(bool down, const double *values, float *result, intptr_t count)
{
    const intptr_t lanes = WIDTH / sizeof(double);
    for (intptr_t index = 0; index < count; index += lanes) {
        const size_t rest = (size_t)(count - index < lanes ? count - index : lanes);
        Doubles x = {0};
        if (rest == (size_t)lanes)
            __builtin_memcpy(&x, values + index, sizeof x);
        else
            __builtin_memcpy(&x, values + index, rest * sizeof(double));
        Halves nearest = __builtin_convertvector(x, Halves);
        const Doubles widened = __builtin_convertvector(nearest, Doubles);
        const HalfBits isBeyond = __builtin_convertvector(down ? widened > x : widened < x, HalfBits);
        // Numbers in the order of their bits go away from zero.
        const HalfBits outwards = ((HalfBits)nearest >> 31) | 1;
        nearest = (Halves)((HalfBits)nearest + (isBeyond & (down ? -outwards : outwards)));
        if (rest == (size_t)lanes)
            __builtin_memcpy(result + index, &nearest, sizeof nearest);
        else
            __builtin_memcpy(result + index, &nearest, rest * sizeof(float));
    }
}

static TARGET void NAMED(narrow)(bool down, const double *values, float *result, intptr_t count)
{
    if (down)
        NAMED(narrow_as)(true, values, result, count);
    else
        NAMED(narrow_as)(false, values, result, count);
}
