// What Slipway uses of the ONNX Runtime C interface.
//
// The library publishes one table of functions that only ever grows, so a slot number names a function for good. No
// header of the library is needed and nothing is linked: the library is opened at run time, its one exported symbol
// `OrtGetApiBase` is looked up, and the functions below call through the table.

#ifndef CONNXRUNTIME_H
#define CONNXRUNTIME_H

#include <stddef.h>
#include <stdint.h>

typedef struct OrtStatus OrtStatus;
typedef struct OrtEnv OrtEnv;
typedef struct OrtSession OrtSession;
typedef struct OrtSessionOptions OrtSessionOptions;
typedef struct OrtRunOptions OrtRunOptions;
typedef struct OrtValue OrtValue;
typedef struct OrtAllocator OrtAllocator;
typedef struct OrtTensorTypeAndShapeInfo OrtTensorTypeAndShapeInfo;

/// The table of functions of one interface version.
typedef const void *const *OrtTable;

/// What `OrtGetApiBase` returns.
typedef struct OrtApiBase {
    OrtTable (*GetApi)(uint32_t version);
    const char *(*GetVersionString)(void);
} OrtApiBase;

/// The interface version asked for; newer libraries answer it too.
static const uint32_t ORT_INTERFACE_VERSION = 17;

enum { ORT_LOG_FATAL = 4 };
enum { ORT_STATUS_INVALID_ARGUMENT = 2 };
enum { ORT_KIND_TENSOR = 1, ORT_KIND_SEQUENCE = 2, ORT_KIND_MAP = 3 };

/// The slots of the functions that release an object.
typedef enum OrtRelease {
    ORT_RELEASE_ENV = 92,
    ORT_RELEASE_STATUS = 93,
    ORT_RELEASE_SESSION = 95,
    ORT_RELEASE_VALUE = 96,
    ORT_RELEASE_TENSOR_INFO = 99,
    ORT_RELEASE_SESSION_OPTIONS = 100
} OrtRelease;

/// The function of a slot as a pointer of its type.
#define ORT_SLOT(table, slot, result, ...) ((result(*)(__VA_ARGS__))(uintptr_t)(table)[slot])

static inline const OrtApiBase *ortApiBase(void *symbol) {
    return ((const OrtApiBase *(*)(void))(uintptr_t)symbol)();
}

static inline OrtTable ortTable(const OrtApiBase *base) { return base->GetApi(ORT_INTERFACE_VERSION); }

static inline const char *ortVersion(const OrtApiBase *base) { return base->GetVersionString(); }

static inline void ortRelease(OrtTable table, OrtRelease slot, void *object) {
    ORT_SLOT(table, slot, void, void *)(object);
}

static inline int ortErrorCode(OrtTable table, const OrtStatus *status) {
    return ORT_SLOT(table, 1, int, const OrtStatus *)(status);
}

static inline const char *ortErrorMessage(OrtTable table, const OrtStatus *status) {
    return ORT_SLOT(table, 2, const char *, const OrtStatus *)(status);
}

static inline OrtStatus *ortCreateEnv(OrtTable table, int logLevel, const char *logName, OrtEnv **out) {
    return ORT_SLOT(table, 3, OrtStatus *, int, const char *, OrtEnv **)(logLevel, logName, out);
}

static inline OrtStatus *ortCreateSession(
    OrtTable table, const OrtEnv *env, const void *model, size_t byteCount, const OrtSessionOptions *options,
    OrtSession **out) {
    return ORT_SLOT(
        table, 8, OrtStatus *, const OrtEnv *, const void *, size_t, const OrtSessionOptions *, OrtSession **)(
        env, model, byteCount, options, out);
}

static inline OrtStatus *ortRun(
    OrtTable table, OrtSession *session, const char *const *inputNames, const OrtValue *const *inputs,
    size_t inputCount, const char *const *outputNames, size_t outputCount, OrtValue **outputs) {
    return ORT_SLOT(
        table, 9, OrtStatus *, OrtSession *, const OrtRunOptions *, const char *const *, const OrtValue *const *,
        size_t, const char *const *, size_t, OrtValue **)(
        session, NULL, inputNames, inputs, inputCount, outputNames, outputCount, outputs);
}

static inline OrtStatus *ortCreateSessionOptions(OrtTable table, OrtSessionOptions **out) {
    return ORT_SLOT(table, 10, OrtStatus *, OrtSessionOptions **)(out);
}

static inline OrtStatus *ortSetIntraOpThreads(OrtTable table, OrtSessionOptions *options, int count) {
    return ORT_SLOT(table, 24, OrtStatus *, OrtSessionOptions *, int)(options, count);
}

static inline OrtStatus *ortSetInterOpThreads(OrtTable table, OrtSessionOptions *options, int count) {
    return ORT_SLOT(table, 25, OrtStatus *, OrtSessionOptions *, int)(options, count);
}

static inline OrtStatus *ortCreateTensor(
    OrtTable table, OrtAllocator *allocator, const int64_t *shape, size_t rank, int elementType, OrtValue **out) {
    return ORT_SLOT(table, 48, OrtStatus *, OrtAllocator *, const int64_t *, size_t, int, OrtValue **)(
        allocator, shape, rank, elementType, out);
}

static inline OrtStatus *ortTensorData(OrtTable table, OrtValue *value, void **out) {
    return ORT_SLOT(table, 51, OrtStatus *, OrtValue *, void **)(value, out);
}

static inline OrtStatus *ortFillTexts(OrtTable table, OrtValue *value, const char *const *texts, size_t count) {
    return ORT_SLOT(table, 52, OrtStatus *, OrtValue *, const char *const *, size_t)(value, texts, count);
}

static inline OrtStatus *ortTextByteCount(OrtTable table, const OrtValue *value, size_t *out) {
    return ORT_SLOT(table, 53, OrtStatus *, const OrtValue *, size_t *)(value, out);
}

static inline OrtStatus *ortTexts(
    OrtTable table, const OrtValue *value, void *bytes, size_t byteCount, size_t *offsets, size_t count) {
    return ORT_SLOT(table, 54, OrtStatus *, const OrtValue *, void *, size_t, size_t *, size_t)(
        value, bytes, byteCount, offsets, count);
}

static inline OrtStatus *ortElementType(OrtTable table, const OrtTensorTypeAndShapeInfo *info, int *out) {
    return ORT_SLOT(table, 60, OrtStatus *, const OrtTensorTypeAndShapeInfo *, int *)(info, out);
}

static inline OrtStatus *ortRank(OrtTable table, const OrtTensorTypeAndShapeInfo *info, size_t *out) {
    return ORT_SLOT(table, 61, OrtStatus *, const OrtTensorTypeAndShapeInfo *, size_t *)(info, out);
}

static inline OrtStatus *ortDimensions(
    OrtTable table, const OrtTensorTypeAndShapeInfo *info, int64_t *dimensions, size_t rank) {
    return ORT_SLOT(table, 62, OrtStatus *, const OrtTensorTypeAndShapeInfo *, int64_t *, size_t)(
        info, dimensions, rank);
}

static inline OrtStatus *ortTensorInfo(OrtTable table, const OrtValue *value, OrtTensorTypeAndShapeInfo **out) {
    return ORT_SLOT(table, 65, OrtStatus *, const OrtValue *, OrtTensorTypeAndShapeInfo **)(value, out);
}

static inline OrtStatus *ortValueKind(OrtTable table, const OrtValue *value, int *out) {
    return ORT_SLOT(table, 67, OrtStatus *, const OrtValue *, int *)(value, out);
}

static inline OrtStatus *ortDefaultAllocator(OrtTable table, OrtAllocator **out) {
    return ORT_SLOT(table, 78, OrtStatus *, OrtAllocator **)(out);
}

static inline OrtStatus *ortPart(
    OrtTable table, const OrtValue *value, int index, OrtAllocator *allocator, OrtValue **out) {
    return ORT_SLOT(table, 80, OrtStatus *, const OrtValue *, int, OrtAllocator *, OrtValue **)(
        value, index, allocator, out);
}

static inline OrtStatus *ortPartCount(OrtTable table, const OrtValue *value, size_t *out) {
    return ORT_SLOT(table, 81, OrtStatus *, const OrtValue *, size_t *)(value, out);
}

#endif
