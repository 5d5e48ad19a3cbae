#include "CPostgreSQL.h"

#include <dlfcn.h>
#include <stddef.h>
#include <stdint.h>

const char *pgLoad(void *library, PGFunctions *functions) {
    void *symbol;
#define PG_LOOK_UP(result, name, arguments) \
    symbol = dlsym(library, "PQ" #name); \
    if (!symbol) return "PQ" #name; \
    functions->name = (result(*) arguments)(uintptr_t)symbol;
    PG_FUNCTIONS(PG_LOOK_UP)
#undef PG_LOOK_UP
    return NULL;
}

void pgIgnoreNotice(void *context, const char *message) {
    (void)context;
    (void)message;
}
