import Foundation

/// What becomes of memory that predictions have freed.
///
/// glibc gives the end of its heap back to the system as soon as 128 KiB of it are free, and takes larger blocks from the
/// system one by one. A batch then pays for every page of its tensors anew in every call, which may cost more than the
/// model does. So the process is asked once, before its first prediction, to keep what it will need again.
enum FreedMemory {
    /// The most bytes at the end of the heap that stay when they are free.
    static let keptByteCount: Int32 = 64 << 20
    /// Larger blocks are taken from the system and given back one by one; glibc takes no more for this.
    static let blockByteCount: Int32 = 32 << 20

    /// Whether the allocator keeps memory; `false` for one that has no such settings.
    static let isKept: Bool = {
        typealias Setting = @convention(c) (CInt, CInt) -> CInt
        guard let symbol = dlsym(dlopen(nil, RTLD_NOW), "mallopt") else { return false }
        let set = unsafeBitCast(symbol, to: Setting.self)
        // M_TRIM_THRESHOLD and M_MMAP_THRESHOLD of malloc.h, which is in no module. Setting either one ends glibc's own
        // adjustment of both.
        return set(-1, keptByteCount) == 1 && set(-3, blockByteCount) == 1
    }()
}
