/// Quantities as people read them.
enum HumanText {
    /// A duration with two figures that matter: `850 µs`, `12 ms`, `3.4 s`, `2 min 5 s`, `3 h 20 min`, `2 d 4 h`.
    static func duration(_ duration: Duration) -> String {
        if duration < .zero { return "-" + self.duration(.zero - duration) }
        let (seconds, attoseconds) = duration.components
        let nanoseconds = attoseconds / 1_000_000_000
        guard seconds == 0 else { return longDuration(seconds, tenths: (nanoseconds + 50_000_000) / 100_000_000) }
        if nanoseconds >= 999_500_000 { return "1 s" }
        if nanoseconds >= 999_500 { return "\((nanoseconds + 500_000) / 1_000_000) ms" }
        if nanoseconds >= 1_000 { return "\(nanoseconds / 1_000) µs" }
        return nanoseconds == 0 ? "0 s" : "\(nanoseconds) ns"
    }

    private static func longDuration(_ seconds: Int64, tenths: Int64) -> String {
        if seconds < 10 {
            let all = seconds * 10 + tenths
            return all % 10 == 0 ? "\(all / 10) s" : "\(all / 10).\(all % 10) s"
        }
        let units: [(name: String, seconds: Int64)] = [("d", 86_400), ("h", 3_600), ("min", 60), ("s", 1)]
        let first = units.firstIndex { seconds >= $0.seconds } ?? units.count - 1
        let count = "\(seconds / units[first].seconds) \(units[first].name)"
        guard first + 1 < units.count else { return count }
        let rest = seconds % units[first].seconds / units[first + 1].seconds
        return rest == 0 ? count : "\(count) \(rest) \(units[first + 1].name)"
    }

    /// A number of bytes in powers of 1,024: `512 B`, `1.5 KiB`, `20 MiB`.
    static func byteCount(_ count: Int) -> String {
        let magnitude = count.magnitude
        guard magnitude >= 1_024 else { return "\(count) B" }
        let units = ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB"]
        var size = Double(magnitude) / 1_024
        var unit = 0
        while size >= 1_023.5, unit + 1 < units.count {
            size /= 1_024
            unit += 1
        }
        let sign = count < 0 ? "-" : ""
        let tenths = Int((size * 10).rounded())
        guard tenths < 100, tenths % 10 != 0 else { return "\(sign)\(Int(size.rounded())) \(units[unit])" }
        return "\(sign)\(tenths / 10).\(tenths % 10) \(units[unit])"
    }
}
