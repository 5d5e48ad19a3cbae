import CPostgreSQL
import Foundation
import SlipwayData

/// The client library of PostgreSQL as found on this machine, or why it was not found.
///
/// It is opened once, at the first use of ``shared``: see `OutsideLibrary` for where.
public struct Library: Sendable {
    /// The library of this process.
    public static let shared = Library(environment: ProcessInfo.processInfo.environment)

    /// The environment variable that names the library's file.
    public static let environmentVariable = "SLIPWAY_LIBPQ"
    private static let place = OutsideLibrary(
        title: "libpq", variable: environmentVariable, fileNames: ["libpq.so.5", "libpq.5.dylib"],
        requirement: "libpq of PostgreSQL 9.6 or later",
        remedy: "with apt-get install libpq5 or your system's like")

    private let opened: OutsideLibrary.Opened<PGFunctions>

    /// The file that was opened, or `nil`.
    public var path: String? { opened.path }
    /// The version that the library states, such as `15.18`, or `nil`.
    public var version: String? { opened.version }
    /// Why there is no library and how to install it; `nil` when there is one.
    public var reason: String? { opened.reason }
    var functions: PGFunctions? { opened.functions }

    /// Opens the library.
    ///
    /// - Parameter environment: The environment variables; only ``environmentVariable`` is read.
    public init(environment: [String: String]) {
        opened = Self.place.open(environment: environment) { handle in
            let table = UnsafeMutablePointer<PGFunctions>.allocate(capacity: 1)
            defer { table.deallocate() }
            guard pgLoad(handle, table) == nil else { return nil }
            return (table.pointee, Self.text(ofVersion: Int(table.pointee.libVersion())))
        }
    }

    /// The version as people write it; since 10 it is two numbers, of which the first has four places behind it.
    static func text(ofVersion number: Int) -> String {
        number >= 100_000
            ? "\(number / 10_000).\(number % 10_000)"
            : "\(number / 10_000).\(number / 100 % 100).\(number % 100)"
    }
}
