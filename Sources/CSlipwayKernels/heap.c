// Settings of the allocator of the process.
#include "CSlipwayKernels.h"

#if defined(__GLIBC__)
#include <malloc.h>
#endif

bool slipway_settle_heap(int kept, int mapped) {
#if defined(__GLIBC__)
    return mallopt(M_MXFAST, 0) && mallopt(M_TRIM_THRESHOLD, kept) && mallopt(M_MMAP_THRESHOLD, mapped);
#else
    (void)kept;
    (void)mapped;
    return true;
#endif
}

void slipway_trim_heap(void) {
#if defined(__GLIBC__)
    malloc_trim(0);
#endif
}

size_t slipway_heap_in_use(void) {
#if defined(__GLIBC__) && __GLIBC_PREREQ(2, 33)
    struct mallinfo2 info = mallinfo2();
    return info.uordblks + info.hblkhd;
#else
    return SIZE_MAX;
#endif
}
