// What Slipway uses of the DuckDB C interface.
//
// No header of the library is needed and nothing is linked: the library is opened at run time, and each function below
// is looked up by its name, which DuckDB keeps stable.

#ifndef CDUCKDB_H
#define CDUCKDB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct DuckDatabase *duckdb_database;
typedef struct DuckConnection *duckdb_connection;
typedef struct DuckConfiguration *duckdb_config;
typedef struct DuckStatement *duckdb_prepared_statement;
typedef struct DuckChunk *duckdb_data_chunk;
typedef struct DuckVector *duckdb_vector;
typedef struct DuckLogicalType *duckdb_logical_type;
typedef struct DuckTableFunction *duckdb_table_function;
typedef struct DuckScalarFunction *duckdb_scalar_function;
typedef struct DuckBindInfo *duckdb_bind_info;
typedef struct DuckInitInfo *duckdb_init_info;
typedef struct DuckFunctionInfo *duckdb_function_info;

/// The result of a query; its members are the library's own, and only functions read them.
typedef struct duckdb_result {
    uint64_t counts[3];
    void *_Nullable pointers[3];
} duckdb_result;

/// A text in a vector: short ones stand in it from the prefix on, long ones are pointed to.
typedef struct duckdb_string {
    uint32_t length;
    char prefix[4];
    const char *_Nullable pointer;
} duckdb_string;

_Static_assert(sizeof(duckdb_string) == 16, "texts lie in vectors at steps of 16 bytes");

/// A whole number of 128 bits, as wide decimals are stored.
typedef struct duckdb_hugeint {
    uint64_t lower;
    int64_t upper;
} duckdb_hugeint;

enum { DUCK_SUCCESS = 0 };
/// The number of statements that answer with rows and change nothing.
enum { DUCK_STATEMENT_SELECT = 1 };
/// The bytes of the longest text that stands in a vector itself.
enum { DUCK_INLINE_LENGTH = 12 };

/// The numbers of the types that are read; the library is asked for them when it is opened.
enum {
    DUCK_TYPE_BOOLEAN = 1,
    DUCK_TYPE_TINYINT = 2,
    DUCK_TYPE_SMALLINT = 3,
    DUCK_TYPE_INTEGER = 4,
    DUCK_TYPE_BIGINT = 5,
    DUCK_TYPE_UTINYINT = 6,
    DUCK_TYPE_USMALLINT = 7,
    DUCK_TYPE_UINTEGER = 8,
    DUCK_TYPE_UBIGINT = 9,
    DUCK_TYPE_FLOAT = 10,
    DUCK_TYPE_DOUBLE = 11,
    DUCK_TYPE_TIMESTAMP = 12,
    DUCK_TYPE_DATE = 13,
    DUCK_TYPE_TIME = 14,
    DUCK_TYPE_INTERVAL = 15,
    DUCK_TYPE_HUGEINT = 16,
    DUCK_TYPE_VARCHAR = 17,
    DUCK_TYPE_BLOB = 18,
    DUCK_TYPE_DECIMAL = 19,
    DUCK_TYPE_TIMESTAMP_S = 20,
    DUCK_TYPE_TIMESTAMP_MS = 21,
    DUCK_TYPE_TIMESTAMP_NS = 22,
    DUCK_TYPE_ENUM = 23,
    DUCK_TYPE_LIST = 24,
    DUCK_TYPE_STRUCT = 25,
    DUCK_TYPE_MAP = 26,
    DUCK_TYPE_UUID = 27,
    DUCK_TYPE_UNION = 28,
    DUCK_TYPE_BIT = 29,
    DUCK_TYPE_TIME_TZ = 30,
    DUCK_TYPE_TIMESTAMP_TZ = 31,
    DUCK_TYPE_SQLNULL = 36
};

/// The functions, as `X(result, name, arguments)`.
#define DUCK_FUNCTIONS(X) \
    X(const char *_Nullable, library_version, (void)) \
    X(int, create_config, (duckdb_config _Nullable *_Nonnull)) \
    X(int, set_config, (duckdb_config _Nullable, const char *_Nonnull, const char *_Nonnull)) \
    X(void, destroy_config, (duckdb_config _Nullable *_Nonnull)) \
    X(int, open_ext, (const char *_Nullable, duckdb_database _Nullable *_Nonnull, duckdb_config _Nullable, char *_Nullable *_Nonnull)) \
    X(void, close, (duckdb_database _Nullable *_Nonnull)) \
    X(int, connect, (duckdb_database _Nullable, duckdb_connection _Nullable *_Nonnull)) \
    X(void, disconnect, (duckdb_connection _Nullable *_Nonnull)) \
    X(void, interrupt, (duckdb_connection _Nullable)) \
    X(void, free, (void *_Nullable)) \
    X(int, prepare, (duckdb_connection _Nullable, const char *_Nonnull, duckdb_prepared_statement _Nullable *_Nonnull)) \
    X(const char *_Nullable, prepare_error, (duckdb_prepared_statement _Nullable)) \
    X(int, prepared_statement_type, (duckdb_prepared_statement _Nullable)) \
    X(void, destroy_prepare, (duckdb_prepared_statement _Nullable *_Nonnull)) \
    X(uint64_t, nparams, (duckdb_prepared_statement _Nullable)) \
    X(int, bind_null, (duckdb_prepared_statement _Nullable, uint64_t)) \
    X(int, bind_boolean, (duckdb_prepared_statement _Nullable, uint64_t, bool)) \
    X(int, bind_int64, (duckdb_prepared_statement _Nullable, uint64_t, int64_t)) \
    X(int, bind_double, (duckdb_prepared_statement _Nullable, uint64_t, double)) \
    X(int, bind_varchar_length, (duckdb_prepared_statement _Nullable, uint64_t, const char *_Nonnull, uint64_t)) \
    X(int, execute_prepared_streaming, (duckdb_prepared_statement _Nullable, duckdb_result *_Nonnull)) \
    X(const char *_Nullable, result_error, (duckdb_result *_Nonnull)) \
    X(void, destroy_result, (duckdb_result *_Nonnull)) \
    X(uint64_t, column_count, (duckdb_result *_Nonnull)) \
    X(const char *_Nullable, column_name, (duckdb_result *_Nonnull, uint64_t)) \
    X(duckdb_logical_type _Nullable, column_logical_type, (duckdb_result *_Nonnull, uint64_t)) \
    X(duckdb_logical_type _Nullable, create_logical_type, (int)) \
    X(void, destroy_logical_type, (duckdb_logical_type _Nullable *_Nonnull)) \
    X(int, get_type_id, (duckdb_logical_type _Nullable)) \
    X(uint8_t, decimal_width, (duckdb_logical_type _Nullable)) \
    X(uint8_t, decimal_scale, (duckdb_logical_type _Nullable)) \
    X(int, decimal_internal_type, (duckdb_logical_type _Nullable)) \
    X(duckdb_data_chunk _Nullable, fetch_chunk, (duckdb_result)) \
    X(void, destroy_data_chunk, (duckdb_data_chunk _Nullable *_Nonnull)) \
    X(uint64_t, data_chunk_get_size, (duckdb_data_chunk _Nullable)) \
    X(void, data_chunk_set_size, (duckdb_data_chunk _Nullable, uint64_t)) \
    X(duckdb_vector _Nullable, data_chunk_get_vector, (duckdb_data_chunk _Nullable, uint64_t)) \
    X(void *_Nullable, vector_get_data, (duckdb_vector _Nullable)) \
    X(uint64_t *_Nullable, vector_get_validity, (duckdb_vector _Nullable)) \
    X(void, vector_ensure_validity_writable, (duckdb_vector _Nullable)) \
    X(void, vector_assign_string_element_len, (duckdb_vector _Nullable, uint64_t, const char *_Nonnull, uint64_t)) \
    X(uint64_t, vector_size, (void)) \
    X(duckdb_table_function _Nullable, create_table_function, (void)) \
    X(void, destroy_table_function, (duckdb_table_function _Nullable *_Nonnull)) \
    X(void, table_function_set_name, (duckdb_table_function _Nullable, const char *_Nonnull)) \
    X(void, table_function_set_extra_info, (duckdb_table_function _Nullable, void *_Nullable, void (*_Nullable)(void *_Nullable))) \
    X(void, table_function_set_bind, (duckdb_table_function _Nullable, void (*_Nonnull)(duckdb_bind_info _Nullable))) \
    X(void, table_function_set_init, (duckdb_table_function _Nullable, void (*_Nonnull)(duckdb_init_info _Nullable))) \
    X(void, table_function_set_function, (duckdb_table_function _Nullable, void (*_Nonnull)(duckdb_function_info _Nullable, duckdb_data_chunk _Nullable))) \
    X(int, register_table_function, (duckdb_connection _Nullable, duckdb_table_function _Nullable)) \
    X(void *_Nullable, bind_get_extra_info, (duckdb_bind_info _Nullable)) \
    X(void, bind_add_result_column, (duckdb_bind_info _Nullable, const char *_Nonnull, duckdb_logical_type _Nullable)) \
    X(void *_Nullable, function_get_extra_info, (duckdb_function_info _Nullable)) \
    X(void, function_set_error, (duckdb_function_info _Nullable, const char *_Nonnull)) \
    X(void, init_set_max_threads, (duckdb_init_info _Nullable, uint64_t)) \
    X(duckdb_logical_type _Nullable, create_struct_type, (duckdb_logical_type _Nullable *_Nonnull, const char *_Nullable *_Nonnull, uint64_t)) \
    X(duckdb_vector _Nullable, struct_vector_get_child, (duckdb_vector _Nullable, uint64_t)) \
    X(duckdb_scalar_function _Nullable, create_scalar_function, (void)) \
    X(void, destroy_scalar_function, (duckdb_scalar_function _Nullable *_Nonnull)) \
    X(void, scalar_function_set_name, (duckdb_scalar_function _Nullable, const char *_Nonnull)) \
    X(void, scalar_function_set_special_handling, (duckdb_scalar_function _Nullable)) \
    X(void, scalar_function_set_volatile, (duckdb_scalar_function _Nullable)) \
    X(void, scalar_function_add_parameter, (duckdb_scalar_function _Nullable, duckdb_logical_type _Nullable)) \
    X(void, scalar_function_set_return_type, (duckdb_scalar_function _Nullable, duckdb_logical_type _Nullable)) \
    X(void, scalar_function_set_extra_info, (duckdb_scalar_function _Nullable, void *_Nullable, void (*_Nullable)(void *_Nullable))) \
    X(void, scalar_function_set_function, (duckdb_scalar_function _Nullable, void (*_Nonnull)(duckdb_function_info _Nullable, duckdb_data_chunk _Nullable, duckdb_vector _Nullable))) \
    X(int, register_scalar_function, (duckdb_connection _Nullable, duckdb_scalar_function _Nullable)) \
    X(void *_Nullable, scalar_function_get_extra_info, (duckdb_function_info _Nullable)) \
    X(void, scalar_function_set_error, (duckdb_function_info _Nullable, const char *_Nonnull))

/// The functions of an opened library.
typedef struct DuckFunctions {
#define DUCK_MEMBER(result, name, arguments) result (*_Nonnull name) arguments;
    DUCK_FUNCTIONS(DUCK_MEMBER)
#undef DUCK_MEMBER
} DuckFunctions;

/// Looks every function up in an opened library.
///
/// - Returns: The name of one that is missing, or null when all are there.
const char *_Nullable duckLoad(void *_Nonnull library, DuckFunctions *_Nonnull functions);

/// The bytes of a text in a vector.
static inline const char *_Nullable duckText(const duckdb_string *_Nonnull text) {
    return text->length <= DUCK_INLINE_LENGTH ? (const char *)text + offsetof(duckdb_string, prefix) : text->pointer;
}

/// A file in memory alone, closed when a program is begun; negative where the system has none.
int duckMemoryFile(void);

#endif
