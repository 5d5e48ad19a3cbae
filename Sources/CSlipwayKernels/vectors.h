// Sums of weighted kernels between many rows and vectors, at one width of vector; functions.h includes it and explains it.
//
// A lane stands for a row: kernels stay in registers from the product to the sum, and no lane waits for another one.

/// The kernel of a support-vector machine, of a product of vectors or where it is radial of their squared distance.
///
/// It is computed in double precision and rounded once, so that it overflows where single precision does.
INLINE TARGET void NAMED(take_kernel)(struct slipway_kernel kernel, Doubles *x)
{
    switch (kernel.kind) {
    case slipway_linear: break;
    case slipway_square:
        *x = *x * kernel.gamma + kernel.offset;
        *x *= *x;
        break;
    case slipway_cube: {
        const Doubles scaled = *x * kernel.gamma + kernel.offset;
        *x = scaled * scaled * scaled;
        break;
    }
    case slipway_radial:
        *x *= -kernel.gamma;
        NAMED(exact_exponential)(x);
        break;
    case slipway_tangent:
        *x = (*x * kernel.gamma + kernel.offset) * 2.0;
        NAMED(exact_exponential)(x);
        *x = 1.0 - 2.0 / (*x + 1.0);
        break;
    }
}

INLINE TARGET void NAMED(take_kernels_as)(
    struct slipway_kernel kernel, const double *values, float *result, intptr_t count)
{
    const intptr_t lanes = WIDTH / sizeof(double);
    for (intptr_t index = 0; index < count; index += lanes) {
        Doubles x;
        __builtin_memcpy(&x, values + index, sizeof x);
        NAMED(take_kernel)(kernel, &x);
        const Halves rounded = __builtin_convertvector(x, Halves);
        __builtin_memcpy(result + index, &rounded, sizeof rounded);
    }
}

static TARGET void NAMED(take_kernels)(
    struct slipway_kernel kernel, const double *values, float *result, intptr_t count)
{
#define TAKE(name) \
    case name: NAMED(take_kernels_as)((struct slipway_kernel){name, kernel.gamma, kernel.offset}, values, result, count); \
        break
    switch (kernel.kind) {
        TAKE(slipway_linear);
        TAKE(slipway_square);
        TAKE(slipway_cube);
        TAKE(slipway_radial);
        TAKE(slipway_tangent);
    }
#undef TAKE
}

#define TILES 4

/// The sums of `TILES` vectors of rows, whose features lie side by side: the first feature of all rows, then the next.
///
/// With `isSingle` there is one weight for each vector, and its sums stay in registers.
INLINE TARGET void NAMED(weigh_rows)(
    struct slipway_vectors vectors, struct slipway_kernel kernel, bool isSingle, intptr_t first, intptr_t end,
    const Doubles *rows, Doubles *sums)
{
    const intptr_t panel = 64 / sizeof(double);
    Doubles single[TILES];
    if (isSingle) UNROLLED for (int t = 0; t < TILES; t++) single[t] = sums[t];
    for (intptr_t vector = first; vector < end; vector++) {
        const double *const features = vectors.packed + vector / panel * panel * vectors.width + vector % panel;
        Doubles kernels[TILES];
        UNROLLED for (int t = 0; t < TILES; t++) kernels[t] = (Doubles){0};
        for (intptr_t k = 0; k < vectors.width; k++) {
            const double feature = features[k * panel];
            UNROLLED for (int t = 0; t < TILES; t++) {
                const Doubles row = rows[k * TILES + t];
                kernels[t] += kernel.kind == slipway_radial ? (row - feature) * (row - feature) : row * feature;
            }
        }
        UNROLLED for (int t = 0; t < TILES; t++) {
            NAMED(take_kernel)(kernel, &kernels[t]);
            kernels[t] = __builtin_convertvector(__builtin_convertvector(kernels[t], Halves), Doubles);
        }
        const double *const weights = vectors.weights + vector * vectors.sums;
        if (isSingle) {
            UNROLLED for (int t = 0; t < TILES; t++) single[t] += kernels[t] * weights[0];
            continue;
        }
        for (intptr_t sum = 0; sum < vectors.sums; sum++)
            UNROLLED for (int t = 0; t < TILES; t++) sums[sum * TILES + t] += kernels[t] * weights[sum];
    }
    if (isSingle) UNROLLED for (int t = 0; t < TILES; t++) sums[t] = single[t];
}

INLINE TARGET void NAMED(weigh_as)(
    struct slipway_vectors vectors, struct slipway_kernel kernel, bool isSingle, const float *values, intptr_t rows,
    double *scratch, double *result, intptr_t stride)
{
    const intptr_t lanes = WIDTH / sizeof(double);
    const intptr_t tile = TILES * lanes;
    double *const sums = scratch + vectors.width * tile;
    for (intptr_t first = 0; first < rows; first += tile) {
        for (intptr_t lane = 0; lane < tile; lane++) {
            // Where rows are short of a tile, the last one is computed again.
            const intptr_t row = first + lane < rows ? first + lane : rows - 1;
            for (intptr_t k = 0; k < vectors.width; k++) scratch[k * tile + lane] = values[row * vectors.width + k];
        }
        intptr_t vector = 0;
        for (intptr_t group = 0; group < vectors.groups; group++) {
            for (intptr_t sum = 0; sum < vectors.sums; sum++)
                for (intptr_t lane = 0; lane < tile; lane++) sums[sum * tile + lane] = vectors.start[sum];
            NAMED(weigh_rows)(
                vectors, kernel, isSingle, vector, vectors.ends[group], (const Doubles *)scratch, (Doubles *)sums);
            vector = vectors.ends[group];
            for (intptr_t sum = 0; sum < vectors.sums; sum++)
                __builtin_memcpy(
                    result + (group * vectors.sums + sum) * stride + first, sums + sum * tile,
                    (size_t)tile * sizeof(double));
        }
    }
}

static TARGET void NAMED(weigh)(
    struct slipway_vectors vectors, struct slipway_kernel kernel, const float *values, intptr_t rows, double *scratch,
    double *result, intptr_t stride)
{
#define WEIGH(name) \
    case name: { \
        const struct slipway_kernel known = {name, kernel.gamma, kernel.offset}; \
        if (vectors.sums == 1) \
            NAMED(weigh_as)(vectors, known, true, values, rows, scratch, result, stride); \
        else \
            NAMED(weigh_as)(vectors, known, false, values, rows, scratch, result, stride); \
        break; \
    }
    switch (kernel.kind) {
        WEIGH(slipway_linear)
        WEIGH(slipway_square)
        WEIGH(slipway_cube)
        WEIGH(slipway_radial)
        WEIGH(slipway_tangent)
    }
#undef WEIGH
}

#undef TILES
