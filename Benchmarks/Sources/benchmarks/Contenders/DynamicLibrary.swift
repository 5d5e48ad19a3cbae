import Foundation

/// A shared library, opened at run time and kept open until the process ends.
struct DynamicLibrary {
    /// The file.
    let path: String
    private let handle: UnsafeMutableRawPointer

    /// Opens a library.
    ///
    /// - Throws: ``BenchmarkProblem`` with the loader's words.
    init(_ path: String) throws {
        guard let handle = dlopen(path, RTLD_NOW | RTLD_LOCAL) else {
            throw BenchmarkProblem(dlerror().map { String(cString: $0) } ?? "\(path) cannot be opened")
        }
        self.path = path
        self.handle = handle
    }

    /// A function of the library, as the C type that the caller knows it to have.
    ///
    /// - Throws: ``BenchmarkProblem`` when the library lacks it.
    func function<Function>(_ name: String, as type: Function.Type = Function.self) throws -> Function {
        guard let symbol = dlsym(handle, name) else { throw BenchmarkProblem("\(path) holds no \(name)") }
        return unsafeBitCast(symbol, to: type)
    }
}
