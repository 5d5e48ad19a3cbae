#define _GNU_SOURCE

#include "CDuckDB.h"

#include <dlfcn.h>
#include <sys/mman.h>

const char *duckLoad(void *library, DuckFunctions *functions) {
    void *symbol;
#define DUCK_LOOK_UP(result, name, arguments) \
    symbol = dlsym(library, "duckdb_" #name); \
    if (!symbol) return "duckdb_" #name; \
    functions->name = (result(*) arguments)(uintptr_t)symbol;
    DUCK_FUNCTIONS(DUCK_LOOK_UP)
#undef DUCK_LOOK_UP
    return NULL;
}

int duckMemoryFile(void) {
#ifdef __linux__
    return memfd_create("slipway", MFD_CLOEXEC);
#else
    return -1;
#endif
}
