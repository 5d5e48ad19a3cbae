// Changes of columns of floats, at one width of vector; functions.h includes it and explains it.

#define Single NAMED(single)
#define SingleBits NAMED(single_bits)

typedef float Single __attribute__((vector_size(sizeof(float))));
typedef int32_t SingleBits __attribute__((vector_size(sizeof(int32_t))));

/// Changes some numbers, each with a figure or two of its own; says of which ones the change has no result.
#define CHANGE_SOME(name, Numbers, Masks) \
    INLINE TARGET void name( \
        struct slipway_change change, const Numbers *first, const Numbers *second, Numbers *x, Masks *undefined) \
    { \
        switch (change.kind) { \
        case slipway_fill: *x = (Numbers)CHOSEN(*x == change.replaced, *first, *x); break; \
        case slipway_fill_missing: *x = (Numbers)CHOSEN(*x != *x, *first, *x); break; \
        case slipway_scale: *x = (*x - *first) * *second; break; \
        case slipway_add: *x += *first; break; \
        case slipway_subtract: *x -= *first; break; \
        case slipway_multiply: *x *= *first; break; \
        case slipway_divide: *x /= *first; break; \
        case slipway_clip: \
            *x = (Numbers)CHOSEN(*x < *first, *first, *x); \
            *x = (Numbers)CHOSEN(*x > *second, *second, *x); \
            break; \
        case slipway_binarize: \
            *undefined |= *x != *x; \
            *x = (Numbers)CHOSEN(*x > *first, (Numbers){0} + 1.0f, (Numbers){0}); \
            break; \
        } \
    }
CHANGE_SOME(NAMED(change_many), Floats, Bits)
CHANGE_SOME(NAMED(change_single), Single, SingleBits)
#undef CHANGE_SOME

INLINE TARGET bool NAMED(change_as)(struct slipway_change change, struct slipway_block block)
{
    const intptr_t lanes = WIDTH / sizeof(float);
    const intptr_t whole = block.columns / lanes * lanes;
    Bits undefined = {0};
    for (intptr_t row = 0; row < (whole == 0 ? 0 : block.rows); row++) {
        for (intptr_t column = 0; column < whole; column += lanes) {
            Floats x, first, second;
            __builtin_memcpy(&x, block.source + row * block.pitch + column, sizeof x);
            __builtin_memcpy(&first, change.first + column, sizeof first);
            __builtin_memcpy(&second, change.second + column, sizeof second);
            NAMED(change_many)(change, &first, &second, &x, &undefined);
            __builtin_memcpy(block.target + row * block.stride + column, &x, sizeof x);
        }
    }
    SingleBits any = {0};
    for (intptr_t lane = 0; lane < lanes; lane++) any[0] |= undefined[lane];
    // The columns that do not fill a vector are changed one after the other.
    for (intptr_t column = whole; column < block.columns; column++) {
        const Single first = {change.first[column]}, second = {change.second[column]};
        for (intptr_t row = 0; row < block.rows; row++) {
            Single x = {block.source[row * block.pitch + column]};
            NAMED(change_single)(change, &first, &second, &x, &any);
            block.target[row * block.stride + column] = x[0];
        }
    }
    return any[0] == 0;
}

static TARGET bool NAMED(change)(struct slipway_change change, struct slipway_block block)
{
#define CHANGE(name) \
    case name: return NAMED(change_as)((struct slipway_change){name, change.replaced, change.first, change.second}, block)
    switch (change.kind) {
        CHANGE(slipway_fill);
        CHANGE(slipway_fill_missing);
        CHANGE(slipway_scale);
        CHANGE(slipway_add);
        CHANGE(slipway_subtract);
        CHANGE(slipway_multiply);
        CHANGE(slipway_divide);
        CHANGE(slipway_clip);
        CHANGE(slipway_binarize);
    }
    return false;
#undef CHANGE
}

#undef Single
#undef SingleBits
