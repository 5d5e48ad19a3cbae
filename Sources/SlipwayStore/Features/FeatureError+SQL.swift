import SlipwayFeatures
import SlipwaySQL

extension FeatureError {
    /// Tells a store's error in the words of feature views; a feature error stays as it is.
    init(_ error: any Error, view: String) {
        switch error {
        case let error as FeatureError:
            self = error
        case let error as SQLError where error.kind == .locked:
            self.init(.storeLocked, error.message, hint: error.hint)
        case let error as SQLError where error.kind == .interrupted:
            self.init(.deadlineExceeded, "feature view '\(view)': \(error.message)", hint: error.hint)
        case let error as SQLError:
            self.init(.storeFailed, "feature view '\(view)': \(error.message)", hint: error.hint)
        default:
            self.init(.storeFailed, "feature view '\(view)': \(error)")
        }
    }

    /// Runs work on the store so that only feature errors leave it.
    static func wrapping<T>(view: String, _ work: () throws -> T) throws(FeatureError) -> T {
        do {
            return try work()
        } catch {
            throw FeatureError(error, view: view)
        }
    }
}
