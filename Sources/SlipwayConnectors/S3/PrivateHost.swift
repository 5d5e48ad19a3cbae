import Foundation

/// Tells hosts that only a private network reaches: this machine, private addresses, and names that no public one has.
enum PrivateHost {
    private static let endings = [".local", ".internal", ".localhost", ".home.arpa", ".lan", ".svc"]

    /// Whether a host, in small letters and without brackets, is private.
    static func isPrivate(_ host: String) -> Bool {
        var (old, new) = (in_addr(), in6_addr())
        if inet_pton(AF_INET, host, &old) == 1 { return isPrivate(UInt32(bigEndian: old.s_addr)) }
        if inet_pton(AF_INET6, host, &new) == 1 {
            let bytes = withUnsafeBytes(of: &new) { Array($0) }
            let isLoopback = bytes.dropLast().allSatisfy { $0 == 0 } && bytes.last == 1
            return isLoopback || bytes[0] & 0xFE == 0xFC || (bytes[0] == 0xFE && bytes[1] & 0xC0 == 0x80)
        }
        // What looks like a number is one in a form that libraries read in their own ways.
        guard host.contains(where: \.isLetter), !host.hasPrefix("0x") else { return false }
        return !host.contains(".") || endings.contains { host.hasSuffix($0) }
    }

    private static func isPrivate(_ address: UInt32) -> Bool {
        let ranges: [(start: UInt32, bits: UInt32)] = [
            (0x7F00_0000, 8), (0x0A00_0000, 8), (0xAC10_0000, 12), (0xC0A8_0000, 16), (0xA9FE_0000, 16),
            (0x6440_0000, 10),
        ]
        return ranges.contains { address >> (32 - $0.bits) == $0.start >> (32 - $0.bits) }
    }
}
