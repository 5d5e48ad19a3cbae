/// The path under which a process finds a file that it has open, whatever the file's own path holds.
public enum DescriptorPath {
    /// The path, which holds for as long as the descriptor is open.
    public static func path(of descriptor: Int32) -> String {
        #if os(Linux)
            "/proc/self/fd/\(descriptor)"
        #else
            "/dev/fd/\(descriptor)"
        #endif
    }
}
