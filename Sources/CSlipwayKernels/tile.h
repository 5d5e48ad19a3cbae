// One kernel for one kind of term, one set of element types and one width of vector.
//
// The file that includes this one defines:
//   KERNEL      the name of the function to make
//   TARGET      the attribute with the instructions that it may use
//   WIDTH       the bytes of a vector of sums
//   LEFT, RIGHT, SUM, RESULT   the types of the elements
//   TERM(a, b)  the term of a left and a right element, either of which may be a vector, in the type of the sums

#define JOINED_(a, b) a##_##b
#define JOINED(a, b) JOINED_(a, b)
#define LANES ((intptr_t)(WIDTH / sizeof(SUM)))
#define PANEL ((intptr_t)(64 / sizeof(SUM)))
#define Sums JOINED(KERNEL, sums)
#define Factors JOINED(KERNEL, factors)
#define Results JOINED(KERNEL, results)
#define Elements JOINED(KERNEL, elements)

typedef SUM Sums __attribute__((vector_size(WIDTH)));
typedef RIGHT Factors __attribute__((vector_size(WIDTH / sizeof(SUM) * sizeof(RIGHT))));
typedef RESULT Results __attribute__((vector_size(WIDTH / sizeof(SUM) * sizeof(RESULT))));
typedef LEFT Elements __attribute__((vector_size(WIDTH / sizeof(SUM) * sizeof(LEFT))));

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
            const SUM element = left[r * pitch + k];
            UNROLLED for (int v = 0; v < width; v++)
                sums[r][v] += TERM(element, __builtin_convertvector(taken[v], Sums));
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

/// Computes `width` vectors of rows of a result with one column.
INLINE TARGET void JOINED(KERNEL, rows)(
    const struct slipway_shape *shape, const LEFT *left, const RIGHT *right, const SUM *start, intptr_t startStride,
    const RESULT *bias, bool rectifies, RESULT *result, intptr_t row, int width)
{
    const intptr_t pitch = shape->pitch;
    Sums sums[4];
    left += row * pitch;
    UNROLLED for (int v = 0; v < width; v++)
        UNROLLED for (int lane = 0; lane < LANES; lane++)
            sums[v][lane] = start ? start[(row + v * LANES + lane) * startStride] : 0;
    for (intptr_t k = 0; k < shape->inner; k++) {
        const SUM factor = right[k * PANEL];
        UNROLLED for (int v = 0; v < width; v++) {
            Elements elements;
            UNROLLED for (int lane = 0; lane < LANES; lane++) elements[lane] = left[(v * LANES + lane) * pitch + k];
            sums[v] += TERM(__builtin_convertvector(elements, Sums), factor);
        }
    }
    UNROLLED for (int v = 0; v < width; v++) {
        Results values = __builtin_convertvector(sums[v], Results);
        if (bias) values += bias[0];
        if (rectifies) values = (Results)((__typeof__(values < values))values & ~(values < 0));
        RESULT *const target = result + (row + v * LANES) * shape->stride;
        if (shape->stride == 1)
            __builtin_memcpy(target, &values, sizeof(Results));
        else
            UNROLLED for (int lane = 0; lane < LANES; lane++) target[lane * shape->stride] = values[lane];
    }
}

/// Computes one row of a result with one column.
INLINE TARGET void JOINED(KERNEL, row)(
    const struct slipway_shape *shape, const LEFT *left, const RIGHT *right, const SUM *start, intptr_t startStride,
    const RESULT *bias, bool rectifies, RESULT *result, intptr_t row)
{
    SUM sum = start ? start[row * startStride] : 0;
    for (intptr_t k = 0; k < shape->inner; k++) sum += TERM((SUM)left[row * shape->pitch + k], (SUM)right[k * PANEL]);
    RESULT value = (RESULT)sum;
    if (bias) value += bias[0];
    result[row * shape->stride] = rectifies && value < 0 ? 0 : value;
}

static TARGET void KERNEL(
    const struct slipway_shape shape, const LEFT *left, const RIGHT *right, const SUM *start, intptr_t startStride,
    const RESULT *bias, bool rectifies, RESULT *result)
{
#define TILE(row, column, height, width) \
    JOINED(KERNEL, tile)( \
        &shape, left, right, start, startStride, bias, rectifies, result, row, column, height, width)
    if (shape.columns == 1) {
        // A column on its own would leave all lanes but one of a vector unused.
        intptr_t row = 0;
        for (; row + 2 * LANES <= shape.rows; row += 2 * LANES)
            JOINED(KERNEL, rows)(&shape, left, right, start, startStride, bias, rectifies, result, row, 2);
        for (; row < shape.rows; row++)
            JOINED(KERNEL, row)(&shape, left, right, start, startStride, bias, rectifies, result, row);
        return;
    }
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
#undef Elements
