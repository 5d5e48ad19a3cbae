// One kernel for one kind of term, one set of element types and one width of vector.
//
// The file that includes this one defines:
//   KERNEL      the name of the function to make
//   TARGET      the attribute with the instructions that it may use
//   WIDTH       the bytes of a vector of sums
//   LEFT, RIGHT, SUM, RESULT   the types of the elements
//   TERM(a, b)  the term of a left element and a vector of right ones, as a vector of sums

#define JOINED_(a, b) a##_##b
#define JOINED(a, b) JOINED_(a, b)
#define LANES ((intptr_t)(WIDTH / sizeof(SUM)))
#define PANEL ((intptr_t)(64 / sizeof(SUM)))
#define Sums JOINED(KERNEL, sums)
#define Factors JOINED(KERNEL, factors)
#define Results JOINED(KERNEL, results)

typedef SUM Sums __attribute__((vector_size(WIDTH)));
typedef RIGHT Factors __attribute__((vector_size(WIDTH / sizeof(SUM) * sizeof(RIGHT))));
typedef RESULT Results __attribute__((vector_size(WIDTH / sizeof(SUM) * sizeof(RESULT))));

/// Computes `height` rows by `width` vectors of the result, whose sums stay in registers.
///
/// The last of the vectors may reach beyond the columns: then it overwrites what follows in the result, which is written
/// later, or if nothing follows the valid elements are copied.
INLINE TARGET void JOINED(KERNEL, tile)(
    const struct slipway_shape *shape, const LEFT *left, const RIGHT *right, const SUM *start, intptr_t startStride,
    const RESULT *bias, bool rectifies, RESULT *result, intptr_t row, intptr_t column, int height, int width)
{
    const intptr_t inner = shape->inner;
    const intptr_t pitch = shape->pitch;
    const RIGHT *factors[4];
    Sums sums[4][4];
    left += row * pitch;
    UNROLLED for (int v = 0; v < width; v++) {
        const intptr_t first = column + v * LANES;
        factors[v] = right + first / PANEL * PANEL * shape->depth + first % PANEL;
        UNROLLED for (int r = 0; r < height; r++) {
            sums[r][v] = (Sums){0};
            if (start) __builtin_memcpy(&sums[r][v], start + (row + r) * startStride + first, sizeof(Sums));
        }
    }
    for (intptr_t k = 0; k < inner; k++) {
        Factors taken[4];
        UNROLLED for (int v = 0; v < width; v++)
            __builtin_memcpy(&taken[v], factors[v] + k * PANEL, sizeof(Factors));
        UNROLLED for (int r = 0; r < height; r++) {
            const LEFT element = left[r * pitch + k];
            UNROLLED for (int v = 0; v < width; v++) sums[r][v] += TERM(element, taken[v]);
        }
    }
    UNROLLED for (int r = 0; r < height; r++) {
        UNROLLED for (int v = 0; v < width; v++) {
            const intptr_t first = column + v * LANES;
            Results values = __builtin_convertvector(sums[r][v], Results);
            if (bias) {
                Results added;
                __builtin_memcpy(&added, bias + first, sizeof(Results));
                values += added;
            }
            // NaN is not below zero, and stays.
            if (rectifies) values = (Results)((__typeof__(values < values))values & ~(values < 0));
            const intptr_t place = (row + r) * shape->stride + first;
            if (place + LANES <= shape->rows * shape->stride)
                __builtin_memcpy(result + place, &values, sizeof(Results));
            else
                __builtin_memcpy(result + place, &values, (size_t)(shape->columns - first) * sizeof(RESULT));
        }
    }
}

static TARGET void KERNEL(
    const struct slipway_shape shape, const LEFT *left, const RIGHT *right, const SUM *start, intptr_t startStride,
    const RESULT *bias, bool rectifies, RESULT *result)
{
#define TILE(row, column, height, width) \
    JOINED(KERNEL, tile)( \
        &shape, left, right, start, startStride, bias, rectifies, result, row, column, height, width)
    const intptr_t whole = shape.columns / LANES * LANES;
    for (intptr_t first = 0; first < shape.rows; first += ROWS_AT_ONCE) {
        const intptr_t end = first + ROWS_AT_ONCE < shape.rows ? first + ROWS_AT_ONCE : shape.rows;
        const intptr_t paired = end - (end - first) % 4;
        // The columns that do not fill a vector go first, for they overwrite the beginning of the next row.
        if (whole < shape.columns)
            for (intptr_t row = first; row < paired; row += 4) TILE(row, whole, 4, 1);
        intptr_t column = 0;
        for (; column + 2 * LANES <= whole; column += 2 * LANES)
            for (intptr_t row = first; row < paired; row += 4) TILE(row, column, 4, 2);
        if (column < whole)
            for (intptr_t row = first; row < paired; row += 4) TILE(row, column, 4, 1);
        for (intptr_t row = paired; row < end; row++) {
            if (whole < shape.columns) TILE(row, whole, 1, 1);
            for (column = 0; column + 4 * LANES <= whole; column += 4 * LANES) TILE(row, column, 1, 4);
            for (; column < whole; column += LANES) TILE(row, column, 1, 1);
        }
    }
#undef TILE
}

#undef JOINED_
#undef JOINED
#undef LANES
#undef PANEL
#undef Sums
#undef Factors
#undef Results
