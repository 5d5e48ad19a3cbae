import Foundation

/// What this process takes of the machine, under the names that Prometheus has for it.
struct ProcessFigures {
    /// The time on all processors.
    let processorSeconds: Double
    /// The memory that is in use now; `nil` where the system does not tell.
    let residentByteCount: Int?
    /// The address space.
    let virtualByteCount: Int?
    /// The files and sockets that are open.
    let openFileCount: Int?
    /// How many may be open.
    let openFileCountMax: Int?

    /// When the process began, in seconds since 1970: when this was first asked, which is when the server is made.
    static let startSeconds = Date().timeIntervalSince1970

    /// Looks at this process now.
    init() {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        processorSeconds = Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
        let sizes = Self.memoryPages().map { $0 * Int(sysconf(Int32(_SC_PAGESIZE))) }
        virtualByteCount = sizes.first
        residentByteCount = sizes.count > 1 ? sizes[1] : nil
        openFileCount = try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count
        let limit = sysconf(Int32(_SC_OPEN_MAX))
        openFileCountMax = limit > 0 ? limit : nil
    }

    /// The sizes in `/proc/self/statm`, in pages: the address space, and what of it is in memory.
    private static func memoryPages() -> [Int] {
        guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else { return [] }
        return text.split(separator: " ").prefix(2).compactMap { Int($0) }
    }

    func write(to text: inout MetricsText) {
        text.family("process_cpu_seconds_total", .counter, "Time on all processors, in seconds.")
        text.sample("process_cpu_seconds_total", [], processorSeconds)
        text.family("process_start_time_seconds", .gauge, "When the server began, in seconds since 1970.")
        text.sample("process_start_time_seconds", [], Self.startSeconds)
        let gauges = [
            ("process_resident_memory_bytes", "Memory in use.", residentByteCount),
            ("process_virtual_memory_bytes", "Address space.", virtualByteCount),
            ("process_open_fds", "Open files and sockets.", openFileCount),
            ("process_max_fds", "Files and sockets that may be open.", openFileCountMax),
        ]
        for (name, help, value) in gauges {
            guard let value else { continue }
            text.family(name, .gauge, help)
            text.sample(name, [], value)
        }
    }
}
