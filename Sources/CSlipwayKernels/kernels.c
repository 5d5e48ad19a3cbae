#include "CSlipwayKernels.h"

#include <stddef.h>

// A product that is not rounded before it is added would differ from one machine to the next.
#pragma STDC FP_CONTRACT OFF

#define INLINE static inline __attribute__((always_inline))
#define UNROLLED _Pragma("clang loop unroll(full)")

/// The rows that a few columns are multiplied with before the next columns come into the cache.
#define ROWS_AT_ONCE 64

/// The columns whose sums are kept at once where a lane stands for a row.
#define LANE_COLUMNS 8

#if defined(__x86_64__)
INLINE bool has_avx512(void)
{
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl")
        && __builtin_cpu_supports("avx512dq");
}
#endif

#define TEMPLATE "tile.h"
#define NAME slipway_multiply_f32
#define LEFT float
#define RIGHT float
#define SUM float
#define RESULT float
#define TERM(a, b) ((a) * (b))
#define PARAMETERS \
    (struct slipway_shape shape, const float *left, const float *right, const float *bias, bool rectifies, \
     float *result)
#define ARGUMENTS (shape, left, right, NULL, 0, bias, rectifies, result)
#include "widths.h"

#define TEMPLATE "tile.h"
#define NAME slipway_multiply_f64
#define LEFT double
#define RIGHT double
#define SUM double
#define RESULT double
#define TERM(a, b) ((a) * (b))
#define PARAMETERS \
    (struct slipway_shape shape, const double *left, const double *right, const double *bias, bool rectifies, \
     double *result)
#define ARGUMENTS (shape, left, right, NULL, 0, bias, rectifies, result)
#include "widths.h"

#define TEMPLATE "tile.h"
#define NAME slipway_multiply_exactly
#define LEFT float
#define RIGHT double
#define SUM double
#define RESULT float
#define TERM(a, b) ((a) * (b))
#define PARAMETERS \
    (struct slipway_shape shape, const float *left, const double *right, const float *bias, bool rectifies, \
     float *result)
#define ARGUMENTS (shape, left, right, NULL, 0, bias, rectifies, result)
#include "widths.h"

#define TEMPLATE "tile.h"
#define NAME slipway_scores
#define LEFT float
#define RIGHT double
#define SUM double
#define RESULT double
#define TERM(a, b) ((a) * (b))
#define PARAMETERS \
    (struct slipway_shape shape, const float *left, const double *right, const double *start, bool accumulates, \
     double *result)
#define ARGUMENTS \
    (shape, left, right, accumulates ? result : start, accumulates ? shape.stride : 0, NULL, false, result)
#include "widths.h"

#define TEMPLATE "tile.h"
#define NAME slipway_distances_f32
#define LEFT float
#define RIGHT double
#define SUM double
#define RESULT double
#define TERM(a, b) (((a) - (b)) * ((a) - (b)))
#define PARAMETERS (struct slipway_shape shape, const float *left, const double *right, double *result)
#define ARGUMENTS (shape, left, right, NULL, 0, NULL, false, result)
#include "widths.h"

#define TEMPLATE "lanes.h"
#define NAME slipway_multiply_in_lanes
#define LEFT float
#define RIGHT double
#define SUM double
#define RESULT float
#define TERM(a, b) ((a) * (b))
#define PARAMETERS \
    (struct slipway_lanes shape, const float *left, const double *right, const float *bias, bool rectifies, \
     float *result)
#define ARGUMENTS (shape, left, right, bias, rectifies, false, result)
#include "widths.h"

#define TEMPLATE "lanes.h"
#define NAME slipway_distances_in_lanes_f32
#define LEFT float
#define RIGHT float
#define SUM double
#define RESULT float
#define TERM(a, b) (((a) - (b)) * ((a) - (b)))
#define PARAMETERS (struct slipway_lanes shape, const float *left, const float *right, bool takes_root, float *result)
#define ARGUMENTS (shape, left, right, NULL, false, takes_root, result)
#include "widths.h"

#define TEMPLATE "lanes.h"
#define NAME slipway_distances_in_lanes_f64
#define LEFT double
#define RIGHT double
#define SUM double
#define RESULT double
#define TERM(a, b) (((a) - (b)) * ((a) - (b)))
#define PARAMETERS \
    (struct slipway_lanes shape, const double *left, const double *right, bool takes_root, double *result)
#define ARGUMENTS (shape, left, right, NULL, false, takes_root, result)
#include "widths.h"

#define SUFFIX narrow
#define TARGET
#define WIDTH 16
#include "functions.h"

#if defined(__x86_64__)
#define SUFFIX avx2
#define TARGET __attribute__((target("avx2")))
#define WIDTH 32
#include "functions.h"

#define SUFFIX avx512
#define TARGET __attribute__((target("avx512f,avx512vl,avx512dq")))
#define WIDTH 64
#include "functions.h"
#endif

void slipway_apply(
    enum slipway_function function, struct slipway_curve curve, const float *values, float *result, intptr_t count)
{
#if defined(__x86_64__)
    if (has_avx512()) return apply_avx512(function, curve, values, result, count);
    if (__builtin_cpu_supports("avx2")) return apply_avx2(function, curve, values, result, count);
#endif
    apply_narrow(function, curve, values, result, count);
}

void slipway_apply_f64(enum slipway_function function, const double *values, double *result, intptr_t count)
{
#if defined(__x86_64__)
    if (has_avx512()) return apply_f64_avx512(function, values, result, count);
    if (__builtin_cpu_supports("avx2")) return apply_f64_avx2(function, values, result, count);
#endif
    apply_f64_narrow(function, values, result, count);
}

void slipway_take_kernels(struct slipway_kernel kernel, const double *values, float *result, intptr_t count)
{
#if defined(__x86_64__)
    if (has_avx512()) return take_kernels_avx512(kernel, values, result, count);
    if (__builtin_cpu_supports("avx2")) return take_kernels_avx2(kernel, values, result, count);
#endif
    take_kernels_narrow(kernel, values, result, count);
}

void slipway_weigh(
    struct slipway_vectors vectors, struct slipway_kernel kernel, const float *values, intptr_t rows, double *scratch,
    double *result, intptr_t stride)
{
#if defined(__x86_64__)
    if (has_avx512()) return weigh_avx512(vectors, kernel, values, rows, scratch, result, stride);
    if (__builtin_cpu_supports("avx2")) return weigh_avx2(vectors, kernel, values, rows, scratch, result, stride);
#endif
    weigh_narrow(vectors, kernel, values, rows, scratch, result, stride);
}

bool slipway_change_columns(struct slipway_change change, struct slipway_block block)
{
#if defined(__x86_64__)
    if (has_avx512()) return change_avx512(change, block);
    if (__builtin_cpu_supports("avx2")) return change_avx2(change, block);
#endif
    return change_narrow(change, block);
}

void slipway_narrow(bool down, const double *values, float *result, intptr_t count)
{
#if defined(__x86_64__)
    if (has_avx512()) return narrow_avx512(down, values, result, count);
    if (__builtin_cpu_supports("avx2")) return narrow_avx2(down, values, result, count);
#endif
    narrow_narrow(down, values, result, count);
}
