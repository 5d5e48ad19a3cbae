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

/// Writes the squares or cubes of `(float)(gamma · sum + offset)`, computed in double precision and rounded once.
///
/// Both arrays must reach to the next multiple of 8 elements.
void slipway_powers(float gamma, float offset, bool is_cubic, const double *sums, float *result, intptr_t count);

/// Writes the exponentials of `factor · x`, or hyperbolic tangents, computed in double precision and rounded once.
///
/// Both arrays must reach to the next multiple of 8 elements.
void slipway_apply_exactly(
    enum slipway_function function, double factor, const double *values, float *result, intptr_t count);

/// Has the GNU allocator join freed pieces at once, keep so many freed bytes, and map larger pieces on their own.
///
/// Other allocators are left as they are. False where a setting is refused.
bool slipway_settle_heap(int kept, int mapped);

#if defined(__clang__)
#pragma clang assume_nonnull end
#endif

#endif
