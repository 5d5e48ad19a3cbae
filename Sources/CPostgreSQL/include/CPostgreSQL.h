// What Slipway uses of libpq, the C interface of PostgreSQL.
//
// No header of the library is needed and nothing is linked: the library is opened at run time, and each function below
// is looked up by its name. Names, arguments, and numbers are those of libpq 9.6 and later, which never change.

#ifndef CPOSTGRESQL_H
#define CPOSTGRESQL_H

typedef struct PGConnection *pg_connection;
typedef struct PGResult *pg_result;

/// One setting of a connection string, as the library lists them; a list ends where `keyword` is null.
typedef struct PGOption {
    char *_Nullable keyword;
    char *_Nullable environmentVariable;
    char *_Nullable compiledValue;
    char *_Nullable value;
    char *_Nullable label;
    char *_Nullable displayCharacter;
    int displaySize;
} PGOption;
typedef PGOption *pg_option;

/// The answers of `status`.
enum { PG_CONNECTION_OK = 0, PG_CONNECTION_BAD = 1 };
/// The answers of `connectPoll`.
enum { PG_POLLING_FAILED = 0, PG_POLLING_READING = 1, PG_POLLING_WRITING = 2, PG_POLLING_OK = 3 };
/// The answers of `resultStatus`.
enum { PG_RESULT_COMMAND_OK = 1, PG_RESULT_TUPLES_OK = 2, PG_RESULT_COPY_IN = 4, PG_RESULT_SINGLE_TUPLE = 9 };
/// The answers of `transactionStatus`.
enum { PG_TRANSACTION_IDLE = 0, PG_TRANSACTION_OPEN = 2, PG_TRANSACTION_FAILED = 3 };
/// The fields of an error.
enum { PG_FIELD_SQLSTATE = 'C', PG_FIELD_MESSAGE = 'M', PG_FIELD_HINT = 'H' };
/// How much the library says of errors.
enum { PG_ERRORS_VERBOSE = 2 };

/// The functions used: what each returns, what it is called here and in the library, and what it takes.
#define PG_FUNCTIONS(X) \
    X(int, libVersion, (void)) \
    X(pg_connection _Nullable, connectStartParams, (const char *_Nullable const *_Nonnull, const char *_Nullable const *_Nonnull, int)) \
    X(int, connectPoll, (pg_connection _Nullable)) \
    X(int, status, (pg_connection _Nullable)) \
    X(int, socket, (pg_connection _Nullable)) \
    X(int, setnonblocking, (pg_connection _Nullable, int)) \
    X(const char *_Nullable, errorMessage, (pg_connection _Nullable)) \
    X(void, finish, (pg_connection _Nullable)) \
    X(int, sendQueryParams, (pg_connection _Nullable, const char *_Nonnull, int, const unsigned *_Nullable, const char *_Nullable const *_Nullable, const int *_Nullable, const int *_Nullable, int)) \
    X(int, sendQuery, (pg_connection _Nullable, const char *_Nonnull)) \
    X(int, sendPrepare, (pg_connection _Nullable, const char *_Nonnull, const char *_Nonnull, int, const unsigned *_Nullable)) \
    X(int, sendQueryPrepared, (pg_connection _Nullable, const char *_Nonnull, int, const char *_Nullable const *_Nullable, const int *_Nullable, const int *_Nullable, int)) \
    X(int, setSingleRowMode, (pg_connection _Nullable)) \
    X(int, putCopyData, (pg_connection _Nullable, const char *_Nonnull, int)) \
    X(int, putCopyEnd, (pg_connection _Nullable, const char *_Nullable)) \
    X(int, transactionStatus, (pg_connection _Nullable)) \
    X(char *_Nullable, cmdTuples, (pg_result _Nullable)) \
    X(int, flush, (pg_connection _Nullable)) \
    X(int, consumeInput, (pg_connection _Nullable)) \
    X(int, isBusy, (pg_connection _Nullable)) \
    X(pg_result _Nullable, getResult, (pg_connection _Nullable)) \
    X(void, clear, (pg_result _Nullable)) \
    X(int, resultStatus, (pg_result _Nullable)) \
    X(char *_Nullable, resultErrorField, (pg_result _Nullable, int)) \
    X(int, ntuples, (pg_result _Nullable)) \
    X(int, nfields, (pg_result _Nullable)) \
    X(char *_Nullable, fname, (pg_result _Nullable, int)) \
    X(unsigned, ftype, (pg_result _Nullable, int)) \
    X(char *_Nonnull, getvalue, (pg_result _Nullable, int, int)) \
    X(int, getlength, (pg_result _Nullable, int, int)) \
    X(int, getisnull, (pg_result _Nullable, int, int)) \
    X(pg_option _Nullable, conninfoParse, (const char *_Nonnull, char *_Nullable *_Nullable)) \
    X(void, conninfoFree, (pg_option _Nullable)) \
    X(void, freemem, (void *_Nullable)) \
    X(int, setErrorVerbosity, (pg_connection _Nullable, int)) \
    X(void *_Nullable, setNoticeProcessor, (pg_connection _Nullable, void (*_Nullable)(void *_Nullable, const char *_Nullable), void *_Nullable))

/// The functions of an opened library.
typedef struct PGFunctions {
#define PG_MEMBER(result, name, arguments) result (*_Nonnull name) arguments;
    PG_FUNCTIONS(PG_MEMBER)
#undef PG_MEMBER
} PGFunctions;

/// Looks every function up in an opened library.
///
/// - Returns: The name of one that is missing, or null when all are there.
const char *_Nullable pgLoad(void *_Nonnull library, PGFunctions *_Nonnull functions);

/// Takes a notice of the server and does nothing with it; the library would print it.
void pgIgnoreNotice(void *_Nullable context, const char *_Nullable message);

#endif
