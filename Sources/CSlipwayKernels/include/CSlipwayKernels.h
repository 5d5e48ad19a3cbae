// Sums over the features of rows, several columns at once, in the widest vectors that the processor has.
//
// Every element is the sum of its terms in the order of the features, each product rounded before it is added. So an
// element has the same bits at every width of vector, on every processor, and whatever stands beside it.
//
// The right matrix is packed in panels of 64 bytes' worth of sums: 16 columns where sums are floats, 8 where they are
// doubles. The factors of one feature for the columns of a panel are neighbours, those of the next feature follow, and
// the last panel is filled up.
#ifndef C_SLIPWAY_KERNELS_H
#define C_SLIPWAY_KERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__clang__)
#pragma clang assume_nonnull begin
#endif

/// The sizes of a left matrix of rows × inner, a packed one of at least inner × columns, and the result.
struct slipway_shape {
    intptr_t rows;
    intptr_t inner;
    intptr_t columns;
    /// From one row of the left matrix to the next.
    intptr_t pitch;
    /// The features of the whole packed matrix, of which `inner` neighbouring ones are used.
    intptr_t depth;
    /// From one row of the result to the next, at least `columns`. What lies between the two is overwritten.
    intptr_t stride;
};

/// `left · right + bias`, summed in single precision; with `rectifies`, negative elements become zero.
///
/// The bias, which may be null, has as many elements as the packed matrix has columns.
void slipway_multiply_f32(
    struct slipway_shape shape, const float *left, const float *right, const float *_Nullable bias, bool rectifies,
    float *result);

/// The same in double precision.
void slipway_multiply_f64(
    struct slipway_shape shape, const double *left, const double *right, const double *_Nullable bias, bool rectifies,
    double *result);

/// The same on floats, with sums in double precision that are rounded before the bias is added.
void slipway_multiply_exactly(
    struct slipway_shape shape, const float *left, const double *right, const float *_Nullable bias, bool rectifies,
    float *result);

/// `left · right` in double precision, added to one filled-up row of `start`, or where that is null to zero.
///
/// With `accumulates` it is added to what the result holds, whose stride must then be 1 for a single column, or else a
/// multiple of a panel.
void slipway_scores(
    struct slipway_shape shape, const float *left, const double *right, const double *_Nullable start, bool accumulates,
    double *result);

/// The sums of squared differences between the rows of the left matrix and the columns of the right one.
void slipway_distances_f32(
    struct slipway_shape shape, const float *left, const double *right, double *result);

/// Where the elements of a matrix lie.
struct slipway_places {
    /// From one row to the next.
    intptr_t row;
    /// From one column to the next.
    intptr_t column;
};

/// The sizes and places of a left matrix of rows × inner, a right one of inner × columns, and the result.
struct slipway_lanes {
    intptr_t rows;
    intptr_t inner;
    intptr_t columns;
    struct slipway_places left;
    struct slipway_places right;
    struct slipway_places result;
};

/// What `slipway_multiply_exactly` gives, computed with a row in each lane: fast for few columns, and fastest where the
/// rows of a column are neighbours, on the left and in the result.
///
/// The bias, which may be null, has one element for each column.
void slipway_multiply_in_lanes(
    struct slipway_lanes shape, const float *left, const double *right, const float *_Nullable bias, bool rectifies,
    float *result);

/// The sums of squared differences between the rows on the left and the columns on the right, or their roots, computed
/// in double precision with a row in each lane and rounded once.
void slipway_distances_in_lanes_f32(
    struct slipway_lanes shape, const float *left, const float *right, bool takes_root, float *result);

/// The same in double precision.
void slipway_distances_in_lanes_f64(
    struct slipway_lanes shape, const double *left, const double *right, bool takes_root, double *result);

/// Functions of one number.
enum slipway_function {
    slipway_exponential,
    slipway_logarithm,
    /// `1 / (1 + e^-x)`.
    slipway_sigmoid,
    /// The same; of a negative number it is what the function of its magnitude leaves of 1.
    slipway_logistic,
    slipway_hyperbolic_tangent,
    slipway_error_function,
    /// `scale · x`, or where x is negative `scale · alpha · (e^(x / divisor) - 1)`.
    slipway_exponential_linear,
    /// `log(1 + e^x)`.
    slipway_softplus,
    /// `x` times the sigmoid of `alpha · x`.
    slipway_swish,
    /// `x · (1 + erf(x / √2)) / 2`.
    slipway_gelu,
    /// The same with a hyperbolic tangent in place of the error function.
    slipway_approximate_gelu,
    /// `x · tanh(log(1 + e^x))`.
    slipway_mish,
    slipway_floor,
    slipway_ceiling,
    /// To the nearest whole number, of two equally near ones to the even one.
    slipway_round,
};

/// The constants of those functions that have any.
struct slipway_curve {
    float alpha;
    float divisor;
    float scale;
};

/// Writes a function of every element, with an error of about one unit in the last place; result and values may be one.
///
/// An element gets the same bits wherever it stands. The polynomials are those of the Cephes library (Moshier 1992).
void slipway_apply(
    enum slipway_function function, struct slipway_curve curve, const float *values, float *result, intptr_t count);

/// The same in double precision, for exponential, logarithm, sigmoid, hyperbolic tangent and the three that make whole.
void slipway_apply_f64(enum slipway_function function, const double *values, double *result, intptr_t count);

/// Writes the floats next to some doubles: at or above each of them, or with `down` at or below.
void slipway_narrow(bool down, const double *values, float *result, intptr_t count);

/// What may be done to every number of some columns.
enum slipway_change_kind {
    /// One value, which is not NaN, replaced by the first figure.
    slipway_fill,
    /// NaN replaced by the first figure.
    slipway_fill_missing,
    /// `(x - first) · second`.
    slipway_scale,
    slipway_add,
    slipway_subtract,
    slipway_multiply,
    slipway_divide,
    /// What is below the first figure set to it, then what is above the second one.
    slipway_clip,
    /// 1 above the first figure, 0 elsewhere; there is no result for NaN.
    slipway_binarize,
};

/// A change with its figures, one or two for each column.
struct slipway_change {
    enum slipway_change_kind kind;
    float replaced;
    const float *first;
    const float *second;
};

/// Neighbouring columns of some rows, and where they go, which may be the place where they are.
struct slipway_block {
    intptr_t rows;
    intptr_t columns;
    const float *source;
    /// From one row of the source to the next.
    intptr_t pitch;
    float *target;
    /// From one row of the target to the next.
    intptr_t stride;
};

/// Changes every number of some columns, and says whether there is a result for each of them.
bool slipway_change_columns(struct slipway_change change, struct slipway_block block);

/// How alike two vectors are, as a support-vector machine measures it.
enum slipway_kernel_kind {
    /// The product of the vectors.
    slipway_linear,
    /// The square of `gamma · product + offset`.
    slipway_square,
    /// The third power of it.
    slipway_cube,
    /// `e^(-gamma · squared distance)`.
    slipway_radial,
    /// `tanh(gamma · product + offset)`.
    slipway_tangent,
};

/// A kernel with its constants.
struct slipway_kernel {
    enum slipway_kernel_kind kind;
    double gamma;
    double offset;
};

/// Writes the kernels of products, or where they are radial of squared distances, computed in double precision and
/// rounded once.
///
/// Both arrays must reach to the next multiple of 8 elements.
void slipway_take_kernels(struct slipway_kernel kernel, const double *values, float *result, intptr_t count);

/// The vectors of a support-vector machine in groups, and some weights for each.
struct slipway_vectors {
    /// Features × panel for each panel of vectors.
    const double *packed;
    /// The features of a vector.
    intptr_t width;
    /// The vector after the last one of each group.
    const intptr_t *ends;
    intptr_t groups;
    /// As many for each vector as there are sums.
    const double *weights;
    /// The sums of a group.
    intptr_t sums;
    /// What each sum of a group begins with.
    const double *start;
};

/// Writes for each group and each of its sums one number for every row: the kernels of its vectors with that row, each
/// rounded to a float, times their weights, added to what the sum begins with.
///
/// The kernels and sums of a row have the bits that `slipway_take_kernels` and `slipway_scores` give.
///
/// - values: rows × width.
/// - scratch: `(width + sums) · 32` doubles, aligned to 64 bytes.
/// - result: `stride` doubles for each group and sum; the stride is at least the rows, and a multiple of 32.
void slipway_weigh(
    struct slipway_vectors vectors, struct slipway_kernel kernel, const float *values, intptr_t rows, double *scratch,
    double *result, intptr_t stride);

/// Has the GNU allocator join freed pieces at once, keep so many freed bytes, and map larger pieces on their own.
///
/// Other allocators are left as they are. False where a setting is refused.
bool slipway_settle_heap(int kept, int mapped);

/// Has the GNU allocator give every freed page back to the system, also those between pieces in use.
///
/// Takes a few milliseconds for each hundred megabytes, and holds up other threads that allocate meanwhile.
void slipway_trim_heap(void);

/// The bytes that the GNU allocator has given out and not got back; the greatest number where that cannot be asked.
///
/// Takes some milliseconds for each hundred thousand free pieces.
size_t slipway_heap_in_use(void);

#if defined(__clang__)
#pragma clang assume_nonnull end
#endif

#endif
