import CPostgreSQL
import Foundation
import SlipwayData

/// The client library of PostgreSQL as found on this machine, or why it was not found.
///
/// It is opened once, at the first use of ``shared``: the file that the environment variable `SLIPWAY_LIBPQ` names, or
/// where it is not set the one of the system's own library folders.
public struct Library: Sendable {
    /// The library of this process.
    public static let shared = Library(environment: ProcessInfo.processInfo.environment)

    /// The environment variable that names the library's file.
    public static let environmentVariable = "SLIPWAY_LIBPQ"
    /// The file names tried.
    static let fileNames = ["libpq.so.5", "libpq.5.dylib"]

    /// The file that was opened, or `nil`.
    public let path: String?
    /// The version that the library states, such as `15.18`, or `nil`.
    public let version: String?
    /// Why there is no library and how to install it; `nil` when there is one.
    public let reason: String?
    let functions: PGFunctions?

    /// Opens the library.
    ///
    /// - Parameter environment: The environment variables; only ``environmentVariable`` is read.
    public init(environment: [String: String]) {
        let named = environment[Self.environmentVariable].flatMap { $0.isEmpty ? nil : $0 }
        var failure = "The library libpq was not found."
        for candidate in named.map({ [$0] }) ?? Self.fileNames {
            guard let handle = dlopen(candidate, RTLD_NOW | RTLD_LOCAL) else {
                if named != nil {
                    failure = "\(Self.environmentVariable) names '\(candidate)', which cannot be opened."
                }
                continue
            }
            guard let functions = Self.functions(in: handle) else {
                failure = "The file '\(candidate)' is no libpq of PostgreSQL 9.6 or later."
                dlclose(handle)
                continue
            }
            self.functions = functions
            path = candidate
            version = Self.text(ofVersion: Int(functions.libVersion()))
            reason = nil
            return
        }
        functions = nil
        path = nil
        version = nil
        reason =
            "\(failure) Install it, with apt-get install libpq5 or your system's like, "
            + "or set \(Self.environmentVariable) to its file."
    }

    private static func functions(in handle: UnsafeMutableRawPointer) -> PGFunctions? {
        let table = UnsafeMutablePointer<PGFunctions>.allocate(capacity: 1)
        defer { table.deallocate() }
        return pgLoad(handle, table) == nil ? table.pointee : nil
    }

    /// The version as people write it; since 10 it is two numbers, of which the first has four places behind it.
    static func text(ofVersion number: Int) -> String {
        number >= 100_000
            ? "\(number / 10_000).\(number % 10_000)"
            : "\(number / 10_000).\(number / 100 % 100).\(number % 100)"
    }
}
