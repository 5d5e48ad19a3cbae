// One kernel for results of few columns, at one width of vector: a lane stands for a row.
//
// A vector of columns would leave most of its lanes unused there. The file that includes this one defines KERNEL, TARGET,
// WIDTH, LEFT, RIGHT, SUM, RESULT and TERM(a, b) as tile.h explains them.

#define JOINED_(a, b) a##_##b
#define JOINED(a, b) JOINED_(a, b)
#define LANES ((intptr_t)(WIDTH / sizeof(SUM)))
#define Sums JOINED(KERNEL, sums)
#define Results JOINED(KERNEL, results)
#define Elements JOINED(KERNEL, elements)

typedef SUM Sums __attribute__((vector_size(WIDTH)));
typedef RESULT Results __attribute__((vector_size(WIDTH / sizeof(SUM) * sizeof(RESULT))));
typedef LEFT Elements __attribute__((vector_size(WIDTH / sizeof(SUM) * sizeof(LEFT))));

/// Computes `columns` columns of `width` vectors of rows, whose sums stay in registers.
INLINE TARGET void JOINED(KERNEL, some)(
    const struct slipway_lanes *shape, const LEFT *left, const RIGHT *right, const RESULT *bias, bool rectifies,
    bool takesRoot, RESULT *result, int columns, int width)
{
    Sums sums[LANE_COLUMNS][2];
    UNROLLED for (int c = 0; c < columns; c++)
        UNROLLED for (int v = 0; v < width; v++) sums[c][v] = (Sums){0};
    for (intptr_t k = 0; k < shape->inner; k++) {
        Sums taken[2];
        UNROLLED for (int v = 0; v < width; v++) {
            const LEFT *const source = left + v * LANES * shape->left.row + k * shape->left.column;
            Elements elements;
            if (shape->left.row == 1)
                __builtin_memcpy(&elements, source, sizeof(Elements));
            else
                UNROLLED for (int lane = 0; lane < LANES; lane++) elements[lane] = source[lane * shape->left.row];
            taken[v] = __builtin_convertvector(elements, Sums);
        }
        UNROLLED for (int c = 0; c < columns; c++) {
            const SUM factor = right[k * shape->right.row + c * shape->right.column];
            UNROLLED for (int v = 0; v < width; v++) sums[c][v] += TERM(taken[v], factor);
        }
    }
    UNROLLED for (int c = 0; c < columns; c++) {
        UNROLLED for (int v = 0; v < width; v++) {
            if (takesRoot) sums[c][v] = __builtin_elementwise_sqrt(sums[c][v]);
            Results values = __builtin_convertvector(sums[c][v], Results);
            if (bias) values += bias[c];
            // NaN is not below zero, and stays.
            if (rectifies) values = (Results)((__typeof__(values < values))values & ~(values < 0));
            RESULT *const target = result + v * LANES * shape->result.row + c * shape->result.column;
            if (shape->result.row == 1)
                __builtin_memcpy(target, &values, sizeof(Results));
            else
                UNROLLED for (int lane = 0; lane < LANES; lane++) target[lane * shape->result.row] = values[lane];
        }
    }
}

/// Computes one element of the result.
INLINE TARGET void JOINED(KERNEL, one)(
    const struct slipway_lanes *shape, const LEFT *left, const RIGHT *right, const RESULT *bias, bool rectifies,
    bool takesRoot, RESULT *result)
{
    SUM sum = 0;
    for (intptr_t k = 0; k < shape->inner; k++)
        sum += TERM((SUM)left[k * shape->left.column], (SUM)right[k * shape->right.row]);
    if (takesRoot) sum = __builtin_elementwise_sqrt(sum);
    RESULT value = (RESULT)sum;
    if (bias) value += bias[0];
    result[0] = rectifies && value < 0 ? 0 : value;
}

static TARGET void KERNEL(
    const struct slipway_lanes shape, const LEFT *left, const RIGHT *right, const RESULT *bias, bool rectifies,
    bool takesRoot, RESULT *result)
{
    // Of many columns, fewer sums fit into the registers of narrower vectors.
#define SOME(count) \
    case count: { \
        const int width = WIDTH == 64 || count < 4 ? 2 : 1; \
        for (; row + width * LANES <= shape.rows; row += width * LANES) \
            JOINED(KERNEL, some)( \
                &shape, left + row * shape.left.row, right + column * shape.right.column, \
                bias ? bias + column : bias, rectifies, takesRoot, \
                result + row * shape.result.row + column * shape.result.column, count, width); \
        break; \
    }
    for (intptr_t column = 0; column < shape.columns; column += LANE_COLUMNS) {
        const intptr_t rest = shape.columns - column;
        const intptr_t end = rest < LANE_COLUMNS ? shape.columns : column + LANE_COLUMNS;
        intptr_t row = 0;
        switch (end - column) {
            SOME(1)
            SOME(2)
            SOME(3)
            SOME(4)
            SOME(5)
            SOME(6)
            SOME(7)
            SOME(8)
        }
        for (; row < shape.rows; row++)
            for (intptr_t c = column; c < end; c++)
                JOINED(KERNEL, one)(
                    &shape, left + row * shape.left.row, right + c * shape.right.column, bias ? bias + c : bias,
                    rectifies, takesRoot, result + row * shape.result.row + c * shape.result.column);
    }
#undef SOME
}

#undef JOINED_
#undef JOINED
#undef LANES
#undef Sums
#undef Results
#undef Elements
