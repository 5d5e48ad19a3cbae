// Everything is inline in the header; the package manager wants one source file in a C target.
#include "CONNXRuntime.h"
