// One kernel at every width of vector, and the choice between them at run time.
//
// The file that includes this one defines TEMPLATE, the file with the kernel; NAME, LEFT, RIGHT, SUM, RESULT and
// TERM(a, b), as tile.h explains them; and PARAMETERS and ARGUMENTS, those of the public function and what it hands on.
// All of them are forgotten at the end.

#define JOIN_(a, b) a##_##b
#define JOIN(a, b) JOIN_(a, b)

#define KERNEL JOIN(NAME, narrow)
#define TARGET
#define WIDTH 16
#include TEMPLATE
#undef KERNEL
#undef TARGET
#undef WIDTH

#if defined(__x86_64__)
#define KERNEL JOIN(NAME, avx2)
#define TARGET __attribute__((target("avx2")))
#define WIDTH 32
#include TEMPLATE
#undef KERNEL
#undef TARGET
#undef WIDTH

#define KERNEL JOIN(NAME, avx512)
#define TARGET __attribute__((target("avx512f,avx512vl,avx512dq")))
#define WIDTH 64
#include TEMPLATE
#undef KERNEL
#undef TARGET
#undef WIDTH
#endif

void NAME PARAMETERS
{
#if defined(__x86_64__)
    if (has_avx512()) return JOIN(NAME, avx512) ARGUMENTS;
    if (__builtin_cpu_supports("avx2")) return JOIN(NAME, avx2) ARGUMENTS;
#endif
    JOIN(NAME, narrow) ARGUMENTS;
}

#undef JOIN_
#undef JOIN
#undef TEMPLATE
#undef NAME
#undef LEFT
#undef RIGHT
#undef SUM
#undef RESULT
#undef TERM
#undef PARAMETERS
#undef ARGUMENTS
